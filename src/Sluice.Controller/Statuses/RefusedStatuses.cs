using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;
using Sluice.Translation;

namespace Sluice.Controller.Statuses;

/// <summary>
/// The statuses of objects that the API server has accepted and that cannot be read here: they are not served, and say why. An
/// object keeps its status instance for as long as it and its parents stay the same.
/// </summary>
internal sealed class RefusedStatuses(IReadOnlyList<string> controllerNames)
{
    private const string Invalid = "Invalid";

    private readonly Dictionary<(string Kind, NamespacedName Key), (RefusedObject Object, object Status)> _known = [];

    /// <summary>All of one kind, together with those of the objects that are served.</summary>
    public IReadOnlyDictionary<NamespacedName, T> Add<T>(
        string kind,
        IReadOnlyDictionary<NamespacedName, T> served,
        IReadOnlyList<RefusedObject> refused,
        ResourceSnapshot snapshot,
        TranslationResult translation)
        where T : class
    {
        Dictionary<NamespacedName, T>? all = null;
        foreach (var value in refused)
        {
            if (value.Kind == kind && Of(value, snapshot, translation) is T status)
                (all ??= new Dictionary<NamespacedName, T>(served))[value.Key] = Same(value, status);
        }
        return all ?? served;
    }

    private T Same<T>(RefusedObject value, T status)
        where T : class
    {
        if (_known.TryGetValue((value.Kind, value.Key), out var known) && ReferenceEquals(known.Object, value) && known.Status is T before && IsSame(before, status))
            return before;
        _known[(value.Kind, value.Key)] = (value, status);
        return status;
    }

    // Only the parents that are ours may change while the object stays the same.
    private static bool IsSame(object before, object now) =>
        before is not RouteStatus one || now is not RouteStatus other || one.Parents.Select(parent => parent.ParentRef).SequenceEqual(other.Parents.Select(parent => parent.ParentRef));

    /// <summary>Null when the object is not ours, or has no status.</summary>
    private object? Of(RefusedObject value, ResourceSnapshot snapshot, TranslationResult translation) => value.Kind switch
    {
        "GatewayClass" => controllerNames.Contains(value.ControllerName) ? new GatewayClassStatus([No("Accepted", "Unsupported", value)], []) : null,
        "Gateway" => IsOurs(value.GatewayClassName, snapshot) ? new GatewayStatus([], [No("Accepted", Invalid, value), No("Programmed", Invalid, value)], []) : null,
        "ListenerSet" => value.ParentRefs.Any(parent => Controller(parent, value, snapshot, translation) is not null)
            ? new ListenerSetStatus([No("Accepted", Invalid, value), No("Programmed", Invalid, value)], [])
            : null,
        "HTTPRoute" or "GRPCRoute" or "TLSRoute" or "TCPRoute" or "UDPRoute" => OfRoute(value, snapshot, translation),
        _ => null,
    };

    private static RouteStatus? OfRoute(RefusedObject value, ResourceSnapshot snapshot, TranslationResult translation)
    {
        var parents = new List<RouteParentStatus>();
        foreach (var parent in value.ParentRefs)
        {
            if (Controller(parent, value, snapshot, translation) is { } controller)
                parents.Add(new RouteParentStatus(parent with { Namespace = parent.Namespace ?? value.Key.Namespace }, controller, [No("Accepted", "UnsupportedValue", value)]));
        }
        return parents.Count == 0 ? null : new RouteStatus(parents);
    }

    /// <summary>Whose the parent is; null when it is not ours.</summary>
    private static string? Controller(ParentReference parent, RefusedObject value, ResourceSnapshot snapshot, TranslationResult translation)
    {
        if (parent.Group != GatewayApiGroup.Name)
            return null;
        var key = new NamespacedName(parent.Namespace ?? value.Key.Namespace, parent.Name);
        var gateway = parent.Kind switch
        {
            "Gateway" => key,
            "ListenerSet" => snapshot.ListenerSets.GetValueOrDefault(key)?.Gateway,
            _ => null,
        };
        return gateway is { } name && translation.Gateways.ContainsKey(name) && snapshot.Gateways.TryGetValue(name, out var found)
            ? snapshot.GatewayClasses.GetValueOrDefault(new NamespacedName("", found.GatewayClassName))?.ControllerName
            : null;
    }

    private bool IsOurs(string? className, ResourceSnapshot snapshot) =>
        className is not null && snapshot.GatewayClasses.TryGetValue(new NamespacedName("", className), out var found) && controllerNames.Contains(found.ControllerName);

    private static Condition No(string type, string reason, RefusedObject value) => new(type, false, reason, value.Message, value.Generation);
}
