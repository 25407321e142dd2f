using Sluice.Configuration;

namespace Sluice.Translation.Routes;

/// <summary>What a Service port's appProtocol asks to be spoken with the backend (GEP-1911, KEP-3726).</summary>
internal static class BackendProtocol
{
    /// <param name="appProtocol">Of the Service port; null or empty when it says nothing.</param>
    /// <param name="unstated">What the kind of route speaks when appProtocol does not say otherwise.</param>
    /// <param name="protocol">What is spoken, inside of TLS where there is TLS.</param>
    /// <returns>False when the value does not tell what is spoken inside of TLS: then <paramref name="unstated"/> is a guess.</returns>
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
            case "kubernetes.io/ws" or "kubernetes.io/wss" or "wss":
                protocol = UpstreamProtocol.Http1;
                return true;

            case "tls":
                return false;

            // A hint that anyone may set: what does not mean another wire protocol changes nothing.
            default:
                return true;
        }
    }

    /// <summary>Whether the value asks for TLS.</summary>
    public static bool IsTls(string? appProtocol) => appProtocol?.ToLowerInvariant() is "https" or "kubernetes.io/wss" or "wss";
}
