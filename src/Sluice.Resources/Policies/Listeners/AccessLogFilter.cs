using System.Text.Json;

namespace Sluice.Resources.Policies.Listeners;

/// <summary>Which requests are logged: one condition.</summary>
public sealed record AccessLogFilter
{
    /// <summary>All must hold.</summary>
    public IReadOnlyList<JsonElement> AndFilter { get; init; } = [];

    /// <summary>One must hold.</summary>
    public IReadOnlyList<JsonElement> OrFilter { get; init; } = [];

    /// <summary>By the status.</summary>
    public StatusComparison? StatusCodeFilter { get; init; }

    /// <summary>By the duration in ms.</summary>
    public StatusComparison? DurationFilter { get; init; }

    /// <summary>All but health checks.</summary>
    public bool NotHealthCheckFilter { get; init; }

    /// <summary>Those with a trace.</summary>
    public bool TraceableFilter { get; init; }

    /// <summary>By a field.</summary>
    public JsonElement? HeaderFilter { get; init; }

    /// <summary>By response flags.</summary>
    public JsonElement? ResponseFlagFilter { get; init; }

    /// <summary>By the gRPC status.</summary>
    public JsonElement? GrpcStatusFilter { get; init; }

    /// <summary>By an expression.</summary>
    public JsonElement? CelFilter { get; init; }

    /// <summary>By chance.</summary>
    public JsonElement? RuntimeFilter { get; init; }
}
