using System.Text;

namespace Sluice.ApiServer.Responses;

/// <summary>Warning fields of an answer (RFC 7234 5.5, code 299), which kubectl shows to its user.</summary>
internal static class WarningHeader
{
    /// <summary>Fields of one answer, and characters of one.</summary>
    private const int MaxCount = 20;
    private const int MaxLength = 256;

    public static IReadOnlyList<KeyValuePair<string, string>> Of(IReadOnlyList<string> warnings)
    {
        if (warnings.Count == 0)
            return [];
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var warning in warnings.Distinct(StringComparer.Ordinal).Take(MaxCount))
            fields.Add(new("warning", $"299 - \"{Quote(warning)}\""));
        return fields;
    }

    /// <summary>A quoted-string holds ASCII only here: other characters become "?".</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length);
        foreach (var c in text.AsSpan(0, Math.Min(text.Length, MaxLength)))
        {
            if (c is '"' or '\\')
                quoted.Append('\\');
            quoted.Append(c is >= ' ' and <= '~' ? c : c == '…' ? '.' : '?');
        }

        return quoted.ToString();
    }
}
