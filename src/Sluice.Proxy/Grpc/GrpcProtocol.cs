namespace Sluice.Proxy.Grpc;

/// <summary>What the client speaks, by the content type of its request.</summary>
internal enum GrpcProtocol : byte
{
    None,

    /// <summary>application/grpc: gRPC over HTTP/2.</summary>
    Grpc,

    /// <summary>application/grpc-web: trailers stand at the end of the body.</summary>
    Web,

    /// <summary>application/grpc-web-text: the same, the bodies in base64.</summary>
    WebText,
}
