using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Kgateway;
using Sluice.Resources.Patches;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>Makes whole objects of what a kind has of its own: metadata, the owner, overlays and the hash.</summary>
/// <param name="gateway">To which they belong.</param>
/// <param name="uid">Its metadata.uid.</param>
internal sealed class ObjectRenderer(Gateway gateway, string uid)
{
    private const int HashLength = 16;

    /// <param name="apiVersion">Of the object.</param>
    /// <param name="kind">Of the object.</param>
    /// <param name="extra">Of the parameters.</param>
    /// <param name="own">What there is beside apiVersion, kind and metadata.</param>
    /// <param name="overlays">In the order in which they are applied.</param>
    /// <param name="complete">Looks at the object when the overlays have been applied, given where the last one comes from.</param>
    public RenderedObject Render(string apiVersion, string kind, ExtraMetadata extra, JsonObject own, IReadOnlyList<ParameterOverlay> overlays, Action<JsonObject, string>? complete = null)
    {
        var body = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = Metadata(ProxyNames.Of(gateway), extra) };
        foreach (var (name, value) in own)
            body[name] = value?.DeepClone();
        foreach (var overlay in overlays)
            body = Apply(overlay, body, kind);
        complete?.Invoke(body, overlays[^1].Origin);
        return Seal(body);
    }

    public RenderedObject RenderAuthorities(string bundle) => Seal(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = Metadata(ProxyNames.OfAuthorities(gateway), ExtraMetadata.None),
        ["data"] = new JsonObject { [PodRenderer.AuthoritiesKey] = bundle },
    });

    public RenderedObject RenderSessionKey(ReadOnlySpan<byte> key) => Seal(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = Metadata(ProxyNames.OfSessionKey(gateway), ExtraMetadata.None),
        ["type"] = "Opaque",
        ["data"] = new JsonObject { [PodRenderer.SessionKeyKey] = Convert.ToBase64String(key) },
    });

    private JsonObject Metadata(string name, ExtraMetadata extra)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = gateway.Metadata.Namespace };
        foreach (var (field, value) in ProxyLabels.Metadata(gateway, extra))
            metadata[field] = value?.DeepClone();
        metadata["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = "gateway.networking.k8s.io/v1",
            ["kind"] = "Gateway",
            ["name"] = gateway.Metadata.Name,
            ["uid"] = uid,
            ["controller"] = true,
            ["blockOwnerDeletion"] = true,
        });
        return metadata;
    }

    // Kinds of CustomResourceDefinitions have no merge keys.
    private static JsonObject Apply(ParameterOverlay overlay, JsonObject body, string kind)
    {
        var patch = ParameterJson.ToNode(overlay.Patch)!;
        try
        {
            return (JsonObject)(StrategicMergePatch.Supports(kind) ? StrategicMergePatch.Apply(body, patch, kind) : JsonMergePatch.Apply(body, patch))!;
        }
        catch (PatchException exception)
        {
            throw new InvalidParametersException($"{overlay.Origin}: {exception.Message}", exception);
        }
    }

    // Overlays may change any label but those that objects are found by.
    private RenderedObject Seal(JsonObject body)
    {
        var metadata = body.Object("metadata")!;
        var labels = metadata.Object("labels") ?? [];
        foreach (var (name, value) in ProxyLabels.Own(gateway))
            labels[name] = value;
        metadata["labels"] = labels.Parent is null ? labels : labels.DeepClone();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body.ToJsonString())))[..HashLength];
        var annotations = metadata.Object("annotations")?.DeepClone().AsObject() ?? [];
        annotations[ProxyLabels.HashAnnotation] = hash;
        metadata["annotations"] = annotations;
        return new RenderedObject(body, hash);
    }
}
