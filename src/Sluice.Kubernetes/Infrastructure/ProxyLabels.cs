using System.Text.Json.Nodes;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Infrastructure;
using Sluice.Resources.Kgateway;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>Labels and annotations of what is made for a Gateway.</summary>
public static class ProxyLabels
{
    /// <summary>On every object: a hash of what was applied.</summary>
    public const string HashAnnotation = "sluice.dev/applied-hash";

    public const string Name = "app.kubernetes.io/name";
    public const string Instance = "app.kubernetes.io/instance";
    public const string Component = "app.kubernetes.io/component";
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>Of <see cref="ManagedBy"/>: what to list objects by.</summary>
    public const string Manager = "sluice-controller";

    /// <summary>Of <see cref="Name"/>, on the pods of every Gateway.</summary>
    internal const string Program = "sluice-proxy";

    /// <summary>By which the Service and the Deployment find pods. Never changes for a Gateway: a Deployment's selector cannot.</summary>
    public static IReadOnlyDictionary<string, string> Selector(Gateway gateway) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Name] = Program,
        [GatewayLabels.GatewayName] = BoundedName.Label(gateway.Metadata.Name),
    };

    /// <summary>What objects are known by, which neither parameters nor overlays nor spec.infrastructure can change.</summary>
    internal static IReadOnlyDictionary<string, string> Own(Gateway gateway) => new Dictionary<string, string>(Selector(gateway), StringComparer.Ordinal)
    {
        [Instance] = BoundedName.Label(gateway.Metadata.Name),
        [Component] = "proxy",
        [ManagedBy] = Manager,
        [GatewayLabels.GatewayClassName] = BoundedName.Label(gateway.GatewayClassName),
    };

    /// <summary>Labels and annotations of spec.infrastructure over extra ones, and our own labels over both.</summary>
    internal static JsonObject Metadata(Gateway gateway, ExtraMetadata extra)
    {
        var infrastructure = gateway.Infrastructure;
        var labels = ExtraMetadata.Over(Own(gateway), ExtraMetadata.Over(infrastructure?.Labels ?? ObjectMeta.EmptyMap, extra.Labels));
        var annotations = ExtraMetadata.Over(infrastructure?.Annotations ?? ObjectMeta.EmptyMap, extra.Annotations);
        var metadata = new JsonObject { ["labels"] = labels.ToJson() };
        metadata.Add("annotations", annotations.ToJson(), when: annotations.Count > 0);
        return metadata;
    }
}
