namespace Sluice.Configuration;

/// <summary>Why a data plane does not serve a listener, or a whole configuration.</summary>
public enum ApplyErrorReason
{
    /// <summary>An address and port cannot be bound.</summary>
    PortUnavailable,

    /// <summary>None of the listener's certificates can be used.</summary>
    Certificate,

    /// <summary>TLS cannot be spoken as the listener asks for it: a setting is not taken, or there is no OpenSSL.</summary>
    Tls,

    /// <summary>The configuration contradicts itself.</summary>
    Invalid,
}
