using Sluice.Proxy.Listeners;

namespace Sluice.Proxy.Routing;

/// <summary>A fixed response, encoded once.</summary>
internal sealed class RuntimeDirectResponse : RuntimeAction
{
    public RuntimeDirectResponse(int statusCode, byte[] body, byte[] contentType)
    {
        StatusCode = statusCode;
        Body = body;
        ContentType = contentType;
    }

    public int StatusCode { get; }

    /// <summary>Empty for 204 and 304, which have no content (RFC 9110 15.3.5, 15.4.5).</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Makes the body instead; null: it is fixed.</summary>
    public RuntimeBodyFormat? Format { get; init; }

    /// <summary>Value of Content-Type; sent only with a body.</summary>
    public ReadOnlyMemory<byte> ContentType { get; }
}
