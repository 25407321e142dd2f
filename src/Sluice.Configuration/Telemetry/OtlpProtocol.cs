namespace Sluice.Configuration.Telemetry;

/// <summary>How OTLP is carried.</summary>
public enum OtlpProtocol
{
    /// <summary>OTLP/gRPC: over HTTP/2, in cleartext with prior knowledge.</summary>
    Grpc,

    /// <summary>OTLP/HTTP with bodies of protobuf: over HTTP/1.1.</summary>
    Http,
}
