namespace Sluice.ApiServer.Rules;

/// <summary>What names, labels and annotations may be (RFC 1123 names and Kubernetes' own rules).</summary>
internal static class MetadataRules
{
    private static readonly System.Buffers.SearchValues<char> LabelCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static readonly System.Buffers.SearchValues<char> DnsCharacters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>At most 253 characters in labels of lower-case letters, digits and '-'.</summary>
    public static bool IsSubdomain(ReadOnlySpan<char> value)
    {
        if (value.Length is 0 or > 253)
            return false;
        foreach (var part in value.Split('.'))
        {
            if (!IsDnsWord(value[part]))
                return false;
        }

        return true;
    }

    public static bool IsDnsLabel(ReadOnlySpan<char> value) => value.Length <= 63 && IsDnsWord(value);

    /// <summary>A DNS label that starts with a letter (RFC 1035).</summary>
    public static bool IsServiceName(ReadOnlySpan<char> value) => IsDnsLabel(value) && char.IsAsciiLetter(value[0]);

    /// <summary>Key of a label: an optional DNS prefix and '/', then at most 63 characters.</summary>
    public static bool IsQualifiedName(ReadOnlySpan<char> value)
    {
        var slash = value.IndexOf('/');
        if (slash >= 0 && !IsSubdomain(value[..slash]))
            return false;
        var name = value[(slash + 1)..];
        return name.Length is > 0 and <= 63 && IsLabelWord(name);
    }

    public static bool IsLabelValue(ReadOnlySpan<char> value) => value.IsEmpty || (value.Length <= 63 && IsLabelWord(value));

    private static bool IsDnsWord(ReadOnlySpan<char> value) => !value.IsEmpty && value[0] != '-' && value[^1] != '-' && !value.ContainsAnyExcept(DnsCharacters);

    private static bool IsLabelWord(ReadOnlySpan<char> value) =>
        char.IsAsciiLetterOrDigit(value[0]) && char.IsAsciiLetterOrDigit(value[^1]) && !value.ContainsAnyExcept(LabelCharacters);
}
