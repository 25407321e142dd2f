using System.Text.Json.Nodes;
using Sluice.Controller.Publishing;
using Sluice.Controller.Statuses;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Telemetry;

/// <summary>
/// The objects in force as JSON: of each what its metrics speak of, with the status that is written to it, or would be in a cluster.
/// What other controllers say of an object is not known here.
/// </summary>
internal sealed class StateObjects
{
    private static readonly StatusMerge Statuses = new([]);

    private readonly SupportedVersion _version = new();

    /// <summary>Each with its kind, one at a time.</summary>
    /// <param name="state">What is in force.</param>
    /// <param name="bundleVersion">Of the Gateway API's definitions; null when it is not known.</param>
    public IEnumerable<(string Kind, JsonObject Json)> Of(ControllerState state, string? bundleVersion)
    {
        var (snapshot, translation) = (state.Snapshot, state.Translation);
        var classes = _version.Complete(translation.GatewayClasses, bundleVersion);
        return snapshot.GatewayClasses.Values.Select(value => Write(value, GatewayClass(value), classes.GetValueOrDefault(value.Key)))
            .Concat(snapshot.Gateways.Values.Select(value => Write(value, Gateway(value), state.Gateways.GetValueOrDefault(value.Key))))
            .Concat(snapshot.ListenerSets.Values.Select(value => Write(value, ListenerSet(value), state.ListenerSets.GetValueOrDefault(value.Key))))
            .Concat(snapshot.Routes.Select(value => Write(value, Route(value), RouteStatus(translation, value))))
            .Concat(snapshot.BackendTlsPolicies.Values.Select(value => Write(value, BackendTlsPolicy(value), translation.BackendTlsPolicies.GetValueOrDefault(value.Key))));
    }

    private static (string Kind, JsonObject Json) Write(KubernetesObject value, JsonObject spec, object? status) => (value.Kind, new JsonObject
    {
        ["metadata"] = Metadata(value.Metadata),
        ["spec"] = spec,
        ["status"] = status is null ? Pending(value) : Statuses.Patch(value.Key, null, status, DateTimeOffset.UnixEpoch),
    });

    private static JsonObject Metadata(ObjectMeta metadata)
    {
        var json = new JsonObject { ["name"] = metadata.Name, ["creationTimestamp"] = metadata.CreationTimestamp };
        if (metadata.Namespace.Length > 0)
            json["namespace"] = metadata.Namespace;
        if (metadata.Labels.Count > 0)
            json["labels"] = new JsonObject(metadata.Labels.Select(label => new KeyValuePair<string, JsonNode?>(label.Key, label.Value)));
        return json;
    }

    /// <summary>What the definitions of the kinds give to an object that no controller has looked at.</summary>
    private static JsonObject? Pending(KubernetesObject value)
    {
        string[] types = value switch
        {
            Resources.GatewayApi.GatewayClass => ["Accepted"],
            Resources.GatewayApi.Gateway or Resources.GatewayApi.ListenerSet => ["Accepted", "Programmed"],
            _ => [],
        };
        return types.Length == 0 ? null : new JsonObject { ["conditions"] = new JsonArray([.. types.Select(type => new JsonObject { ["type"] = type, ["status"] = "Unknown" })]) };
    }

    private static RouteStatus? RouteStatus(TranslationResult translation, Route route) => (route switch
    {
        HttpRoute => translation.HttpRoutes,
        GrpcRoute => translation.GrpcRoutes,
        TlsRoute => translation.TlsRoutes,
        TcpRoute => translation.TcpRoutes,
        _ => translation.UdpRoutes,
    }).GetValueOrDefault(route.Key);

    private static JsonObject GatewayClass(GatewayClass value) => new() { ["controllerName"] = value.ControllerName };

    private static JsonObject Gateway(Gateway value) => new() { ["gatewayClassName"] = value.GatewayClassName, ["listeners"] = Listeners(value.Listeners) };

    private static JsonObject ListenerSet(ListenerSet value) => new() { ["parentRef"] = Parent(value.ParentRef), ["listeners"] = Listeners(value.Listeners) };

    private static JsonArray Listeners(IReadOnlyList<GatewayListener> listeners) => Array(listeners, listener => new JsonObject
    {
        ["name"] = listener.Name,
        ["port"] = listener.Port,
        ["protocol"] = listener.Protocol,
        ["hostname"] = listener.Hostname,
        ["tls"] = listener.Tls is { } tls ? new JsonObject { ["mode"] = tls.Mode } : null,
        ["allowedRoutes"] = new JsonObject { ["namespaces"] = new JsonObject { ["from"] = listener.AllowedRoutes.From.ToString() } },
    });

    private static JsonObject Route(Route value) => new()
    {
        ["parentRefs"] = Array(value.ParentRefs, Parent),
        ["hostnames"] = new JsonArray([.. value.Hostnames.Select(hostname => (JsonNode)hostname)]),
    };

    private static JsonObject Parent(ParentReference reference) => new()
    {
        ["group"] = reference.Group,
        ["kind"] = reference.Kind,
        ["name"] = reference.Name,
        ["namespace"] = reference.Namespace,
        ["sectionName"] = reference.SectionName,
        ["port"] = reference.Port,
    };

    private static JsonObject BackendTlsPolicy(BackendTlsPolicy value) => new()
    {
        ["targetRefs"] = Array(value.TargetRefs, target => new JsonObject { ["group"] = target.Group, ["kind"] = target.Kind, ["name"] = target.Name, ["sectionName"] = target.SectionName }),
    };

    private static JsonArray Array<T>(IReadOnlyList<T> items, Func<T, JsonObject> write) => new([.. items.Select(item => (JsonNode)write(item))]);
}
