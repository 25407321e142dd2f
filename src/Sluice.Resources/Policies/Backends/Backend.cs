using System.Text.Json;

namespace Sluice.Resources.Policies.Backends;

/// <summary>gateway.kgateway.dev/v1alpha1 Backend: where requests go that is no Service.</summary>
public sealed record Backend : PolicyObject
{
    public override string Kind => "Backend";

    /// <summary>Says what is there anyway.</summary>
    public string? Type { get; init; }

    /// <summary>Endpoints that stand here.</summary>
    public StaticBackend? Static { get; init; }

    /// <summary>The host that the request names.</summary>
    public DynamicForwardProxyBackend? DynamicForwardProxy { get; init; }

    /// <summary>Something of AWS.</summary>
    public AwsBackend? Aws { get; init; }

    /// <summary>Something of Google Cloud.</summary>
    public GcpBackend? Gcp { get; init; }

    /// <summary>Backends, of which the first healthy group is used.</summary>
    public IReadOnlyList<PriorityGroup> PriorityGroups { get; init; } = [];

    /// <summary>Of kgateway 2.1: models.</summary>
    public JsonElement? Ai { get; init; }

    /// <summary>Of kgateway 2.1: tool servers.</summary>
    public JsonElement? Mcp { get; init; }
}
