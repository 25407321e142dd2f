using Sluice.Configuration;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>
/// spec.listeners[].tls.options: those of kgateway, and those that charts for several gateways write. A value that is not
/// understood never makes a listener weaker than asked: it is left out where that makes the listener stricter, otherwise the
/// listener is refused.
/// </summary>
internal sealed record TlsOptions
{
    private const string Common = "gateway.networking.k8s.io/";
    private const string Kgateway = "kgateway.dev/";

    // Each of these lets fewer clients in. Serving without them would let in those that were to be kept out.
    private static readonly string[] Restrictions = [Kgateway + "verify-certificate-hash", Kgateway + "verify-subject-alt-names"];

    private static readonly string[] Known =
    [
        Common + "TLSMinimumVersion", Common + "TLSCipherSuites", Kgateway + "min-tls-version", Kgateway + "max-tls-version",
        Kgateway + "cipher-suites", Kgateway + "ecdh-curves", Kgateway + "alpn-protocols",
    ];

    private static readonly Dictionary<string, string> Curve = new(StringComparer.OrdinalIgnoreCase)
    {
        ["X25519"] = "X25519",
        ["P-256"] = "P-256",
        ["secp256r1"] = "P-256",
        ["prime256v1"] = "P-256",
        ["P-384"] = "P-384",
        ["secp384r1"] = "P-384",
        ["P-521"] = "P-521",
        ["secp521r1"] = "P-521",
        ["X448"] = "X448",
        ["X25519MLKEM768"] = "X25519MLKEM768",
    };

    public TlsVersion MinimumVersion { get; private set; } = TlsVersion.Tls12;

    public TlsVersion MaximumVersion { get; private set; } = TlsVersion.Tls13;

    public IReadOnlyList<string> CipherSuites { get; private set; } = [];

    public IReadOnlyList<string> Curves { get; private set; } = [];

    public IReadOnlyList<string>? AlpnProtocols { get; private set; }

    /// <summary>Why the listener cannot be served as asked; or null.</summary>
    public Finding? Refused { get; private set; }

    public List<Remark> Remarks { get; } = [];

    /// <param name="options">As written.</param>
    /// <param name="protocol">HTTPS speaks h2 and http/1.1 only; what TLS carries is the backend's matter.</param>
    public static TlsOptions Parse(IReadOnlyDictionary<string, string> options, ListenerProtocol protocol)
    {
        var result = new TlsOptions();
        if (options.Count == 0)
            return result;
        foreach (var (name, value) in options.OrderBy(option => option.Key, StringComparer.Ordinal))
            result.Read(name, value, protocol);
        if (result.MinimumVersion > result.MaximumVersion)
            result.Refuse(Field(Kgateway + "max-tls-version"), $"TLS {Text(result.MaximumVersion)} is below the minimum, {Text(result.MinimumVersion)}");
        return result;
    }

    private void Read(string name, string value, ListenerProtocol protocol)
    {
        var field = Field(name);
        switch (name)
        {
            case Common + "TLSMinimumVersion" or Kgateway + "min-tls-version":
                if (Version(field, value) is { } minimum)
                    MinimumVersion = minimum;
                if (MinimumVersion < TlsVersion.Tls12)
                    Warn(null, field, $"TLS {Text(MinimumVersion)} is allowed, which is deprecated (RFC 8996)");
                break;
            case Kgateway + "max-tls-version":
                if (Version(field, value) is { } maximum)
                    MaximumVersion = maximum;
                break;
            case Common + "TLSCipherSuites" or Kgateway + "cipher-suites":
                CipherSuites = Names(field, value, "cipher suite", static item => TlsCipherSuites.Find(item)?.Name, "an IANA or OpenSSL name such as TLS_AES_256_GCM_SHA384 or ECDHE-ECDSA-AES128-GCM-SHA256");
                break;
            case Kgateway + "ecdh-curves":
                Curves = Names(field, value, "group", Curve.GetValueOrDefault, string.Join(", ", Curve.Values.Distinct()));
                break;
            case Kgateway + "alpn-protocols":
                AlpnProtocols = value.AsSpan().Trim().IsEmpty ? [] : Names(field, value, "protocol", item => Alpn(item, protocol), protocol == ListenerProtocol.Https ? "h2 or http/1.1" : "at most 255 characters");
                break;
            default:
                Other(name, field);
                break;
        }
    }

    private void Other(string name, string field)
    {
        if (Array.IndexOf(Restrictions, name) >= 0)
            Refuse(field, "is not served, and without it clients would be let in that it keeps out; use spec.tls.frontend of the Gateway");
        else
            Warn(null, field, $"is not known and has no effect; known are {string.Join(", ", Known)}");
    }

    // "1.3" as kgateway and others write it, "TLSv1.3" as OpenSSL, "VersionTLS13" as Go does.
    private TlsVersion? Version(string field, string value)
    {
        var text = value.AsSpan().Trim();
        foreach (var prefix in (ReadOnlySpan<string>)["Version", "TLS", "v"])
        {
            if (text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                text = text[prefix.Length..];
        }
        TlsVersion? version = text switch
        {
            "1.0" or "1_0" or "10" => TlsVersion.Tls10,
            "1.1" or "1_1" or "11" => TlsVersion.Tls11,
            "1.2" or "1_2" or "12" => TlsVersion.Tls12,
            "1.3" or "1_3" or "13" => TlsVersion.Tls13,
            _ => null,
        };
        if (version is null)
            Refuse(field, $"\"{value}\" is no version of TLS that is served; use 1.2 or 1.3, or 1.0 or 1.1 for clients that know nothing newer");
        return version;
    }

    // Without the names that are not known the list is narrower than asked, which is safe; without any of them it would be the default.
    private List<string> Names(string field, string value, string what, Func<string, string?> known, string right)
    {
        var names = new List<string>();
        var unknown = new List<string>();
        foreach (var part in value.Split([',', ':', ' ', '|', '[', ']'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (known(part) is not { } name)
                unknown.Add(part);
            else if (!names.Contains(name))
                names.Add(name);
        }
        if (names.Count == 0)
            Refuse(field, $"\"{value}\" names no {what} that is known; use {right}");
        else if (unknown.Count > 0)
            Warn(ConditionType.Accepted, field, $"{string.Join(", ", unknown.Select(item => $"\"{item}\""))} {(unknown.Count == 1 ? $"is no {what} that is" : $"are no {what}s that are")} known and left out; use {right}");
        return names;
    }

    private static string? Alpn(string name, ListenerProtocol protocol)
    {
        if (protocol == ListenerProtocol.Https)
            return name is "h2" or "http/1.1" ? name : null;
        return name.Length <= 255 && name.All(char.IsAscii) ? name : null;
    }

    private void Refuse(string field, string message) => Refused ??= new Finding(Reason.UnsupportedValue, $"{field}: {message}");

    private void Warn(string? condition, string field, string message) => Remarks.Add(new Remark(condition, $"{field}: {message}", IsWarning: true));

    private static string Field(string name) => $"tls.options[\"{name}\"]";

    private static string Text(TlsVersion version) => $"1.{(int)version}";
}
