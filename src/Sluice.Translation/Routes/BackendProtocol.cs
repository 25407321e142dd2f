using Sluice.Configuration;

namespace Sluice.Translation.Routes;

/// <summary>What a Service port's appProtocol asks to be spoken with the backend (GEP-1911, KEP-3726).</summary>
internal static class BackendProtocol
{
    /// <param name="appProtocol">Of the Service port; null or empty when it says nothing.</param>
    /// <param name="unstated">What the kind of route speaks when appProtocol does not say otherwise.</param>
    /// <param name="protocol">Meaningless when the result is false.</param>
    /// <returns>False when the value means a protocol that is not spoken: TLS to backends comes from BackendTLSPolicy.</returns>
    public static bool TryFind(string? appProtocol, UpstreamProtocol unstated, out UpstreamProtocol protocol)
    {
        protocol = unstated;
        switch (appProtocol?.ToLowerInvariant())
        {
            // Without the prefix they are what service meshes have written for long.
            case "kubernetes.io/h2c" or "h2c" or "http2" or "grpc":
                protocol = UpstreamProtocol.Http2;
                return true;

            // A WebSocket begins as a request of HTTP/1.1 (RFC 6455 4.1).
            case "kubernetes.io/ws":
                protocol = UpstreamProtocol.Http1;
                return true;

            case "kubernetes.io/wss" or "https" or "tls":
                return false;

            // A hint that anyone may set: what does not mean another wire protocol changes nothing.
            default:
                return true;
        }
    }
}
