namespace Sluice.Resources.GatewayApi;

/// <summary>More listeners for a Gateway that allows it (GEP-1713).</summary>
public sealed record ListenerSet : KubernetesObject
{
    public override string Kind => "ListenerSet";

    /// <summary>The Gateway; without sectionName and port.</summary>
    public required ParentReference ParentRef { get; init; }

    public required IReadOnlyList<GatewayListener> Listeners { get; init; }

    /// <summary>The Gateway that is named; null when the parent is of another kind.</summary>
    public NamespacedName? Gateway => ParentRef is { Group: GatewayApiGroup.Name, Kind: "Gateway" }
        ? new NamespacedName(ParentRef.Namespace ?? Metadata.Namespace, ParentRef.Name)
        : null;
}
