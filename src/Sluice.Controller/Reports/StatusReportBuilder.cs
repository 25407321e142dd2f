using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;
using Sluice.Translation.Infrastructure;

namespace Sluice.Controller.Reports;

/// <summary>Makes a <see cref="StatusReport"/> of a snapshot and its translation, in order of names.</summary>
internal sealed class StatusReportBuilder(
    ResourceSnapshot snapshot,
    TranslationResult translation,
    IReadOnlyDictionary<NamespacedName, GatewayStatus> gateways,
    IReadOnlyDictionary<NamespacedName, ListenerSetStatus> listenerSets)
{
    private readonly Dictionary<(string Gateway, string Listener), int> _boundPorts = BoundPorts(translation.Configurations);

    public StatusReport Build(long generation, IReadOnlyList<DiagnosticReport> diagnostics) => new()
    {
        Generation = generation,
        GatewayClasses = [.. Sorted(translation.GatewayClasses).Select(item => GatewayClass(item.Key, item.Value))],
        Gateways = [.. Gateways()],
        ListenerSets = [.. ListenerSets()],
        Routes = [.. translation.RoutesByKind.SelectMany(kind => Sorted(kind.Statuses).Select(item => Route(kind.Kind, item.Key, item.Value)))],
        Infrastructure = [.. Sorted(gateways).Select(item => (item.Key, Configuration: Configuration(item.Key))).Where(item => item.Configuration is not null).Select(item => Infrastructure(item.Key, item.Configuration!))],
        Policies = [.. translation.PoliciesByKind.SelectMany(kind => Sorted(kind.Statuses).Select(item => Policy(kind.Kind, item.Key, item.Value)))],
        Notices = [.. translation.Notices.Select(notice => new NoticeReport(notice.IsWarning ? "warning" : "info", notice.Subject, notice.Source?.ToString(), notice.Message))],
        Diagnostics = diagnostics,
    };

    public IEnumerable<GatewayReport> Gateways() => Sorted(gateways).Select(item => Gateway(item.Key, item.Value));

    public IEnumerable<ListenerSetReport> ListenerSets() => Sorted(listenerSets).Select(item => ListenerSet(item.Key));

    private GatewayClassReport GatewayClass(NamespacedName key, GatewayClassStatus status) => new(
        key.Name,
        snapshot.GatewayClasses.GetValueOrDefault(key)?.Metadata.Generation ?? 0,
        snapshot.GatewayClasses.GetValueOrDefault(key)?.Source?.ToString(),
        ConditionReport.Of(status.Conditions),
        status.SupportedFeatures);

    private GatewayReport Gateway(NamespacedName key, GatewayStatus status)
    {
        var gateway = snapshot.Gateways[key];
        return new GatewayReport(
            key.Namespace,
            key.Name,
            gateway.Metadata.Generation,
            gateway.Source?.ToString(),
            gateway.GatewayClassName,
            [.. status.Addresses.Select(address => new AddressReport(address.Type, address.Value ?? ""))],
            ConditionReport.Of(status.Conditions),
            [.. status.Listeners.Select(listener => Listener(gateway.Listeners, listener, (key.ToString(), listener.Name)))],
            status.AttachedListenerSets);
    }

    public ListenerSetReport ListenerSet(NamespacedName key)
    {
        var (set, status) = (snapshot.ListenerSets[key], listenerSets[key]);
        return new ListenerSetReport(
            key.Namespace,
            key.Name,
            set.Metadata.Generation,
            set.Source?.ToString(),
            set.Gateway.ToString() ?? "",
            ConditionReport.Of(status.Conditions),
            [.. status.Listeners.Select(listener => Listener(set.Listeners, listener, (set.Gateway.ToString() ?? "", $"{set.Key}/{listener.Name}")))]);
    }

    private ListenerReport Listener(IReadOnlyList<GatewayListener> listeners, ListenerStatus status, (string Gateway, string Listener) place)
    {
        var spec = listeners.First(listener => listener.Name == status.Name);
        return new ListenerReport(
            status.Name,
            spec.Protocol,
            spec.Port,
            _boundPorts.GetValueOrDefault(place, spec.Port),
            string.IsNullOrEmpty(spec.Hostname) ? "*" : spec.Hostname,
            status.AttachedRoutes,
            [.. status.SupportedKinds.Select(kind => new RouteKindReport(kind.Group, kind.Kind))],
            ConditionReport.Of(status.Conditions));
    }

    // By Gateway and name of the listener.
    private static Dictionary<(string Gateway, string Listener), int> BoundPorts(IReadOnlyList<ProxyConfiguration> configurations)
    {
        var ports = new Dictionary<(string Gateway, string Listener), int>();
        foreach (var configuration in configurations)
        {
            foreach (var listener in configuration.Listeners)
                ports.TryAdd((configuration.Gateway, listener.Name), listener.BindPort);
        }
        return ports;
    }

    private ProxyConfiguration? Configuration(NamespacedName gateway) => translation.Configurations.FirstOrDefault(candidate => candidate.Gateway == gateway.ToString());

    private InfrastructureReport Infrastructure(NamespacedName key, ProxyConfiguration configuration)
    {
        var service = GatewayServiceBuilder.Build(snapshot.Gateways[key], configuration.Listeners.Select(listener => (listener.Port, listener.Protocol.ToString().ToUpperInvariant())));
        return new InfrastructureReport(
            "Service",
            service.Key.Namespace,
            service.Key.Name,
            service.Labels,
            service.Annotations,
            [.. service.Ports.Select(port => new InfrastructurePortReport(port.Name, port.Protocol, port.Port))]);
    }

    private RouteReport Route(string kind, NamespacedName key, RouteStatus status)
    {
        var route = snapshot.FindRoute(kind, key)!;
        return new RouteReport(
            route.Kind,
            key.Namespace,
            key.Name,
            route.Metadata.Generation,
            route.Source?.ToString(),
            route.Hostnames,
            route.RuleCount,
            [.. status.Parents.Select(parent => new RouteParentReport(
                parent.ParentRef.Group,
                parent.ParentRef.Kind,
                parent.ParentRef.Namespace ?? key.Namespace,
                parent.ParentRef.Name,
                parent.ParentRef.SectionName,
                parent.ParentRef.Port,
                parent.ControllerName,
                ConditionReport.Of(parent.Conditions)))]);
    }

    private PolicyReport Policy(string kind, NamespacedName key, PolicyStatus status)
    {
        var policy = PolicyObjects.Find(snapshot, kind, key);
        return new PolicyReport(
            policy.Kind,
            key.Namespace,
            key.Name,
            policy.Metadata.Generation,
            policy.Source?.ToString(),
            PolicyObjects.Targets(policy),
            [.. status.Ancestors.Select(ancestor => new PolicyAncestorReport(
                ancestor.AncestorRef.Group,
                ancestor.AncestorRef.Kind,
                ancestor.AncestorRef.Namespace ?? key.Namespace,
                ancestor.AncestorRef.Name,
                ancestor.ControllerName,
                ConditionReport.Of(ancestor.Conditions)))]);
    }

    private static IEnumerable<KeyValuePair<NamespacedName, T>> Sorted<T>(IReadOnlyDictionary<NamespacedName, T> items) => items
        .OrderBy(item => item.Key.Namespace, StringComparer.Ordinal)
        .ThenBy(item => item.Key.Name, StringComparer.Ordinal);
}
