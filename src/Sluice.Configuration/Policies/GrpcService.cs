namespace Sluice.Configuration.Policies;

/// <summary>A gRPC server that the data plane asks.</summary>
public sealed record GrpcService
{
    /// <summary>Name of the cluster, which speaks HTTP/2.</summary>
    public required string Cluster { get; init; }

    /// <summary>:authority.</summary>
    public required string Authority { get; init; }

    /// <summary>For a call with all of its attempts.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Null: a call is not tried again.</summary>
    public CallRetry? Retry { get; init; }
}
