using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Proxy.Routing;

/// <summary>
/// A regular expression that must match a whole value, which is read as UTF-8 (octets that are none become U+FFFD). Matching
/// takes time linear in the value, so values of any length that the head's limits admit are matched. An expression that
/// cannot be used matches nothing and says why.
/// </summary>
internal sealed class TextPattern
{
    private const int StackChars = 512;
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Regex? _regex;

    public TextPattern(string pattern)
    {
        try
        {
            // By itself first: "a)|(b" is no expression, though it becomes one between the anchors.
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            _regex = new Regex($@"\A(?:{pattern})\z", Options);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            Problem = $"the regular expression \"{pattern}\" cannot be used and matches nothing: {e.Message}";
        }
    }

    public string? Problem { get; }

    [SkipLocalsInit]
    public bool IsMatch(ReadOnlySpan<byte> value)
    {
        if (_regex is null)
            return false;
        if (value.Length <= StackChars)
        {
            Span<char> text = stackalloc char[StackChars];
            return _regex.IsMatch(text[..Encoding.UTF8.GetChars(value, text)]);
        }
        char[] rented = ArrayPool<char>.Shared.Rent(value.Length);
        bool matches = _regex.IsMatch(rented.AsSpan(0, Encoding.UTF8.GetChars(value, rented)));
        ArrayPool<char>.Shared.Return(rented);
        return matches;
    }
}
