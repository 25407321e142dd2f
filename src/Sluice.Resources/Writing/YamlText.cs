using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Resources.Writing;

/// <summary>A string as a YAML scalar: plain where nobody can take it for anything else, otherwise in double quotes.</summary>
internal static class YamlText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./ ();,'=+");

    /// <summary>What YAML 1.1 or 1.2 reads as a boolean or as null, in lower case.</summary>
    private static readonly string[] Words = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];

    public static string Of(string text) => IsPlain(text) ? text : $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    // Beginning with a letter or a slash leaves out numbers, dates, octals and every sign that YAML knows.
    private static bool IsPlain(string text) =>
        text.Length > 0
        && (char.IsAsciiLetter(text[0]) || text[0] == '/')
        && text[^1] != ' '
        && text.AsSpan().IndexOfAnyExcept(Plain) < 0
        && !Words.Contains(text, StringComparer.OrdinalIgnoreCase);
}
