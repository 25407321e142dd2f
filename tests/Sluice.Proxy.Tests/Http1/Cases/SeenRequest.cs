namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>A request as a backend must receive it.</summary>
/// <param name="Method">Octet for octet.</param>
/// <param name="Target">Octet for octet.</param>
/// <param name="Host">Compared without case; it may be written as received or in lower case.</param>
internal sealed record SeenRequest(string Method, string Target, string Host)
{
    /// <summary>Which backend: "a" (host a.test), "admin" (a.test, /admin) or "b" (host b.test).</summary>
    public string Backend { get; init; } = "a";

    public string Body { get; init; } = "";

    /// <summary>"Name: value" per trailer field, in order, joined with "; ".</summary>
    public string Trailers { get; init; } = "";

    /// <summary>Fields that must be there with that value, or, with null, must not be there.</summary>
    public IReadOnlyDictionary<string, string?> Fields { get; init; } = new Dictionary<string, string?>();

    public static SeenRequest SeenGet(string target = "/", string host = "a.test") => new("GET", target, host);

    public static SeenRequest SeenPost(string body, string target = "/") => new("POST", target, "a.test") { Body = body };

    public SeenRequest With(string field, string? value) =>
        this with { Fields = new Dictionary<string, string?>(Fields, StringComparer.OrdinalIgnoreCase) { [field] = value } };

    /// <summary>Host is compared without case and without the default port, everything else octet for octet.</summary>
    public override string ToString()
    {
        var text = $"{Method} {Target} host={Host.ToLowerInvariant()}";
        if (Body.Length > 0)
            text += $" body={Support.Wire.Show(Body, 120)}";
        if (Trailers.Length > 0)
            text += $" trailers={Support.Wire.Show(Trailers, 120)}";
        return text;
    }
}
