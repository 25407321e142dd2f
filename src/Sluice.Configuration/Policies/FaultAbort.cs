namespace Sluice.Configuration.Policies;

/// <summary>An answer in the backend's place: exactly one of the two statuses.</summary>
public sealed record FaultAbort
{
    /// <summary>200 to 599.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>0 to 16.</summary>
    public int? GrpcStatus { get; init; }

    /// <summary>Share of the requests, 0 to 100. Default 100.</summary>
    public int Percentage { get; init; } = 100;
}
