namespace Sluice.Configuration;

/// <summary>What a listener does with TLS (Gateway API TLSModeType).</summary>
public enum TlsMode
{
    /// <summary>TLS ends at the listener.</summary>
    Terminate,

    /// <summary>TLS ends at the backend; the listener reads the ClientHello's server name and nothing else.</summary>
    Passthrough,
}
