namespace Sluice.Conformance.Data;

/// <summary>The words of the data for what a case's client speaks.</summary>
internal static class Protocols
{
    public const string Http2PriorKnowledge = "H2C_PRIOR_KNOWLEDGE";
    public const string Http2OverTls = "H2 (ALPN)";
    public const string Tcp = "TCP";
    public const string TcpOverTls = "TLS over TCP (text protocol)";
    public const string Handshake = "TLS handshake";
    public const string Udp = "UDP";
}
