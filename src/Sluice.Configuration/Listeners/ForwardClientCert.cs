namespace Sluice.Configuration.Listeners;

/// <summary>What backends are told of client certificates, in X-Forwarded-Client-Cert. The hash is told wherever anything is.</summary>
public sealed record ForwardClientCert
{
    public required ForwardClientCertMode Mode { get; init; }

    public bool Subject { get; init; }

    /// <summary>The certificate in PEM, URL-encoded.</summary>
    public bool Cert { get; init; }

    /// <summary>The certificate and those that the client has sent with it, in PEM, URL-encoded.</summary>
    public bool Chain { get; init; }

    /// <summary>DNS names among its alternative names.</summary>
    public bool Dns { get; init; }

    /// <summary>URIs among its alternative names.</summary>
    public bool Uri { get; init; }
}
