namespace Sluice.Resources.Policies.Traffic;

/// <summary>Requests that are refused.</summary>
public sealed record FaultAbort
{
    /// <summary>With this status.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>With this gRPC status.</summary>
    public int? GrpcStatus { get; init; }

    /// <summary>Which share of them.</summary>
    public int Percentage { get; init; } = 100;
}
