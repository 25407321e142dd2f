using System.Buffers;

namespace Sluice.Resources.Reading.Binding;

internal static class CharacterSets
{
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string Digits = "0123456789";

    public static readonly SearchValues<char> LowerWord = SearchValues.Create(Lower + Digits + "-");
    public static readonly SearchValues<char> Word = SearchValues.Create(Lower + Upper + Digits + "-");
    public static readonly SearchValues<char> LabelValue = SearchValues.Create(Lower + Upper + Digits + "-_.");
    public static readonly SearchValues<char> Token = SearchValues.Create(Lower + Upper + Digits + "!#$%&'*+-.^_`|~");
    public static readonly SearchValues<char> ControllerPath = SearchValues.Create(Lower + Upper + Digits + "/-._~%!$&'()*+,;=:");

    /// <summary>RFC 3986 pchar without percent-encoding, and '/'.</summary>
    public static readonly SearchValues<char> Path = SearchValues.Create(Lower + Upper + Digits + "-/._~!$&'()*+,;=:@");

    /// <summary>Bytes that no YAML or JSON text may hold: C0 controls other than tab, LF and CR, and DEL.</summary>
    public static readonly SearchValues<byte> NotText = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127]);
}
