namespace Sluice.Configuration.Telemetry;

/// <summary>A collector of OTLP, and how the proxy presents itself to it.</summary>
public sealed record OtlpProvider
{
    public OtlpProtocol Protocol { get; init; } = OtlpProtocol.Grpc;

    /// <summary>DNS name or IP address (v6 without brackets).</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    /// <summary>Over TLS; the certificate must be for <see cref="Host"/>, or for <see cref="ServerName"/>.</summary>
    public bool IsSecure { get; init; }

    /// <summary>Sent and asked for instead of <see cref="Host"/>.</summary>
    public string? ServerName { get; init; }

    /// <summary>PEM texts of authorities that the collector's certificate must lead to; none: those that the system trusts.</summary>
    public IReadOnlyList<string> CaCertificates { get; init; } = [];

    /// <summary>In front of "/v1/traces" and "/v1/logs" with OTLP/HTTP; "" or begins with a slash.</summary>
    public string Path { get; init; } = "";

    /// <summary>Sent with every export.</summary>
    public IReadOnlyList<HeaderValue> Headers { get; init; } = [];

    /// <summary>How long an export may take. Default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = DefaultTimeout;

    /// <summary>service.name; null: "name.namespace" of the Gateway.</summary>
    public string? ServiceName { get; init; }

    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(10);
}
