using System.Text.Json;

namespace Sluice.Resources.Policies.Listeners;

/// <summary>Records by OTLP over gRPC.</summary>
public sealed record OpenTelemetryLog
{
    /// <summary>Where they are sent.</summary>
    public required GrpcSink GrpcService { get; init; }

    /// <summary>The record's body, with command operators.</summary>
    public string? Body { get; init; }

    /// <summary>values[]{key,value}, as OTLP has them.</summary>
    public JsonElement? Attributes { get; init; }

    /// <summary>Whether only these attributes are sent.</summary>
    public bool DisableBuiltinLabels { get; init; }
}
