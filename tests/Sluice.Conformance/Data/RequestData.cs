namespace Sluice.Conformance.Data;

/// <summary>What is sent.</summary>
internal sealed record RequestData
{
    /// <summary>A gRPC request's is SERVICE/METHOD.</summary>
    public string Method { get; init; } = "GET";

    /// <summary>"<c>&lt;fresh per request&gt;</c>" in it becomes a new UUID each time.</summary>
    public string Path { get; init; } = "/";

    public string? Host { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Listener's port; absent for the first listener's.</summary>
    public int? Port { get; init; }

    public string? Scheme { get; init; }

    /// <summary>One of <see cref="Protocols"/>, or absent for HTTP/1.1.</summary>
    public string? Protocol { get; init; }

    public bool FollowRedirects { get; init; }

    /// <summary>Response fields that the backend is asked for with X-Echo-Set-Header.</summary>
    public IReadOnlyDictionary<string, string>? BackendSetsResponseHeaders { get; init; }

    /// <summary>gRPC metadata; a test whose requests have it, or whose answers have a gRPC status, is a gRPC test.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>gRPC's :authority.</summary>
    public string? Authority { get; init; }

    public int? Count { get; init; }

    public int? Concurrency { get; init; }

    public string? Sni { get; init; }

    /// <summary>The Secret of the client's certificate; null for none to show.</summary>
    public string? ClientCert { get; init; }

    /// <summary>The ConfigMap of the authority that the gateway's certificate must be signed by.</summary>
    public string? VerifyCA { get; init; }

    /// <summary>A datagram's; "DNS query NAME A" is one.</summary>
    public string? Payload { get; init; }

    public int? Connections { get; init; }

    public int? Datagrams { get; init; }

    public string? Command { get; init; }
}
