namespace Sluice.Resources.Reading.Binding;

/// <summary>
/// The patterns of names in Kubernetes and the Gateway API's CRDs, written out by hand. Each check returns null when the
/// value is right, else what it must be, to stand in "must be …, found …".
/// </summary>
internal static class Names
{
    /// <summary>RFC 1123 subdomain: object names, section names.</summary>
    public static string? Subdomain(string value) =>
        IsSubdomain(value) ? null : "a lower-case name of letters, digits, '-' and '.', such as \"my-name\", that starts and ends with a letter or digit";

    /// <summary>RFC 1123 label: namespaces.</summary>
    public static string? Label(string value) =>
        value.Length <= 63 && IsLabel(value) ? null : "a lower-case name of at most 63 letters, digits and '-', such as \"my-namespace\", that starts and ends with a letter or digit";

    /// <summary>RFC 1035 label: names of Services.</summary>
    public static string? ServiceName(string value) =>
        value.Length <= 63 && IsLabel(value) && char.IsAsciiLetter(value[0]) ? null : "a lower-case name of at most 63 letters, digits and '-', such as \"my-service\", that starts with a letter and ends with a letter or digit";

    /// <summary>API group: empty for the core group.</summary>
    public static string? Group(string value) =>
        value.Length == 0 || IsSubdomain(value) ? null : "an API group such as \"gateway.networking.k8s.io\", or \"\" for the core group, without a version";

    public static string? Kind(string value) =>
        value.Length is > 0 and <= 63 && char.IsAsciiLetter(value[0]) && IsWord(value, upper: true) ? null : "a kind such as \"Service\": at most 63 letters, digits and '-', starting with a letter";

    /// <summary>Hostname with an optional wildcard as first label.</summary>
    public static string? Hostname(string value) =>
        IsSubdomain(value.StartsWith("*.", StringComparison.Ordinal) ? value.AsSpan(2) : value)
            ? null
            : "a lower-case hostname such as \"example.com\" or \"*.example.com\", without port";

    /// <summary>A hostname of a TLSRoute: a server name is never an IP address (RFC 6066 3).</summary>
    public static string? ServerName(string value) =>
        System.Net.IPAddress.TryParse(value, out _) ? "a hostname such as \"example.com\", not an IP address, for which clients send no server name" : Hostname(value);

    public static string? PreciseHostname(string value) =>
        IsSubdomain(value) ? null : "a lower-case hostname such as \"example.com\", without wildcard and port";

    /// <summary>GEP-2257.</summary>
    public static string? Duration(string value) =>
        GatewayDuration.TryParse(value, out _) ? null : "a duration such as \"10s\", \"1m30s\" or \"500ms\" (units h, m, s, ms)";

    /// <summary>RFC 9110 token.</summary>
    public static string? HeaderName(string value) =>
        value.Length is > 0 and <= 256 && !value.AsSpan().ContainsAnyExcept(CharacterSets.Token) ? null : "a name of 1 to 256 letters, digits and !#$%&'*+-.^_`|~";

    /// <summary>Domain-prefixed path: "example.com/name".</summary>
    public static string? ControllerName(string value) =>
        IsDomainPrefixed(value) ? null : "a domain-prefixed path such as \"example.com/gateway-controller\"";

    public static string? Protocol(string value) =>
        IsWord(value, upper: true) || IsDomainPrefixedWord(value)
            ? null
            : "HTTP, HTTPS, TLS, TCP, UDP or a domain-prefixed name such as \"example.com/protocol\"";

    public static string? AddressType(string value) =>
        value is "IPAddress" or "Hostname" or "NamedAddress" || IsDomainPrefixed(value)
            ? null
            : "IPAddress, Hostname or a domain-prefixed name such as \"example.com/address\"";

    /// <summary>Key of a label or annotation: an optional DNS prefix with '/', then at most 63 characters.</summary>
    public static string? QualifiedName(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        var prefixed = slash < 0 || (slash <= 253 && IsSubdomain(value.AsSpan(0, slash)));
        var name = value.AsSpan(slash + 1);
        return prefixed && name.Length is > 0 and <= 63 && IsLabelWord(name)
            ? null
            : "an optional DNS prefix and '/', then at most 63 letters, digits, '-', '_' and '.', such as \"example.com/name\"";
    }

    public static string? LabelValue(string value) =>
        value.Length == 0 || (value.Length <= 63 && IsLabelWord(value)) ? null : "at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit";

    /// <summary>"System" or a domain-prefixed name.</summary>
    public static string? WellKnownCertificates(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        var name = value.AsSpan(slash + 1);
        return value == "System" || (slash > 0 && IsSubdomain(value.AsSpan(0, slash)) && name.Length is > 0 and <= 63 && IsLabelWord(name))
            ? null
            : "System, or a domain-prefixed name such as \"example.com/my-authorities\"";
    }

    /// <summary>An absolute URI of RFC 3986 with an authority, in the CRD's words: a scheme, ':', "//" and the rest.</summary>
    public static string? Uri(string value)
    {
        var colon = value.AsSpan().IndexOfAny(":/?#");
        return colon > 0 && value.AsSpan(colon).StartsWith("://", StringComparison.Ordinal)
            ? null
            : "a URI with scheme and authority, such as \"spiffe://example.com/service\"";
    }

    public static bool IsSubdomain(ReadOnlySpan<char> value)
    {
        if (value.Length is 0 or > 253)
            return false;
        foreach (var part in value.Split('.'))
        {
            if (!IsLabel(value[part]))
                return false;
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> value) => IsWord(value, upper: false);

    /// <summary>Letters, digits and '-', neither first nor last a '-'.</summary>
    private static bool IsWord(ReadOnlySpan<char> value, bool upper) =>
        !value.IsEmpty && value[0] != '-' && value[^1] != '-' &&
        !value.ContainsAnyExcept(upper ? CharacterSets.Word : CharacterSets.LowerWord);

    private static bool IsLabelWord(ReadOnlySpan<char> value) =>
        char.IsAsciiLetterOrDigit(value[0]) && char.IsAsciiLetterOrDigit(value[^1]) && !value.ContainsAnyExcept(CharacterSets.LabelValue);

    private static bool IsDomainPrefixed(ReadOnlySpan<char> value)
    {
        var slash = value.IndexOf('/');
        return slash > 0 && IsSubdomain(value[..slash]) && slash + 1 < value.Length && !value[(slash + 1)..].ContainsAnyExcept(CharacterSets.ControllerPath);
    }

    private static bool IsDomainPrefixedWord(ReadOnlySpan<char> value)
    {
        var slash = value.IndexOf('/');
        if (slash <= 0 || !IsSubdomain(value[..slash]) || slash + 1 == value.Length)
            return false;
        foreach (var c in value[(slash + 1)..])
        {
            if (!char.IsAsciiLetterOrDigit(c))
                return false;
        }

        return true;
    }
}
