namespace Sluice.Configuration;

/// <summary>
/// A PROXY protocol header (v1 or v2) in front of every connection. Only those in <see cref="TrustedSources"/> may, and must, send
/// one; connections of all others are closed. An empty list trusts everybody.
/// </summary>
public sealed record ProxyProtocolAcceptance
{
    /// <summary>"192.0.2.0/24", "2001:db8::/32" or single addresses.</summary>
    public IReadOnlyList<string> TrustedSources { get; init; } = [];

    /// <summary>Connections that begin with something else are let in as they are, and so are those of everybody who is not trusted.</summary>
    public bool AllowWithoutHeader { get; init; }
}
