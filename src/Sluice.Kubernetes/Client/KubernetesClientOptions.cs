namespace Sluice.Kubernetes.Client;

/// <summary>Bounds on what a request may cost.</summary>
public sealed record KubernetesClientOptions
{
    public static KubernetesClientOptions Default { get; } = new();

    /// <summary>One request from its start to the end of its answer, repetitions included; for a watch, to the head of its answer. Default 30 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One page of a list. Default 60 s.</summary>
    public TimeSpan ListPageTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>TCP and TLS handshake. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of one object: an answer, an item of a list, a line of a watch. Default 16 MiB; API servers store up to 1.5 MiB.</summary>
    public int MaxObjectBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of one page of a list. Default 1 GiB; they are not kept.</summary>
    public long MaxListPageBytes { get; init; } = 1L << 30;

    /// <summary>Objects asked for per page of a list. Default 500.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>
    /// How often a request is repeated that the server did not take (429, or 503 with Retry-After), within its timeout.
    /// Default 4. Everything else is the caller's to repeat.
    /// </summary>
    public int MaxRepetitions { get; init; } = 4;

    /// <summary>For timeouts and pauses. Default the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
