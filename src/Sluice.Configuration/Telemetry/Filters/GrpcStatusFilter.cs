namespace Sluice.Configuration.Telemetry;

/// <summary>Requests of gRPC by their status, 0 to 16. A response without grpc-status counts by its HTTP status.</summary>
/// <param name="Statuses">Numbers.</param>
/// <param name="Exclude">Those with another status instead.</param>
public sealed record GrpcStatusFilter(IReadOnlyList<int> Statuses, bool Exclude = false) : AccessLogFilter;
