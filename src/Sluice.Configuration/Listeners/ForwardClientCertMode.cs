namespace Sluice.Configuration.Listeners;

/// <summary>What becomes of X-Forwarded-Client-Cert. Without a verified certificate all but <see cref="AlwaysForwardOnly"/> remove it.</summary>
public enum ForwardClientCertMode
{
    /// <summary>Backends are told nothing.</summary>
    Sanitize,

    /// <summary>The client's field as it came.</summary>
    ForwardOnly,

    /// <summary>The client's field, and the certificate behind it.</summary>
    AppendForward,

    /// <summary>The certificate alone.</summary>
    SanitizeSet,

    /// <summary>The client's field as it came, with or without a certificate: whoever can connect can say who it is.</summary>
    AlwaysForwardOnly,
}
