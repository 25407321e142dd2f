namespace Sluice.Proxy.Tls.Client;

/// <summary>What is asked of endpoints (RFC 7301 3.1), each with its length in front.</summary>
internal static class ClientProtocols
{
    public static ReadOnlySpan<byte> Http1 => "\bhttp/1.1"u8;

    public static ReadOnlySpan<byte> Http2 => "\u0002h2"u8;

    /// <summary>Bytes are relayed: what they mean is the endpoint's affair.</summary>
    public static ReadOnlySpan<byte> None => default;
}
