using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;
using Sluice.Translation.Infrastructure;

namespace Sluice.Controller.Reports;

/// <summary>Makes a <see cref="StatusReport"/> of a snapshot and its translation, in order of names.</summary>
internal sealed class StatusReportBuilder(ResourceSnapshot snapshot, TranslationResult translation, IReadOnlyDictionary<NamespacedName, GatewayStatus> gateways)
{
    public StatusReport Build(long generation, IReadOnlyList<DiagnosticReport> diagnostics) => new()
    {
        Generation = generation,
        GatewayClasses = [.. Sorted(translation.GatewayClasses).Select(item => GatewayClass(item.Key, item.Value))],
        Gateways = [.. Gateways()],
        Routes = [.. translation.RoutesByKind.SelectMany(kind => Sorted(kind.Statuses).Select(item => Route(kind.Kind, item.Key, item.Value)))],
        Infrastructure = [.. Sorted(gateways).Select(item => (item.Key, Configuration: Configuration(item.Key))).Where(item => item.Configuration is not null).Select(item => Infrastructure(item.Key, item.Configuration!))],
        Notices = [.. translation.Notices.Select(notice => new NoticeReport(notice.IsWarning ? "warning" : "info", notice.Subject, notice.Source?.ToString(), notice.Message))],
        Diagnostics = diagnostics,
    };

    public IEnumerable<GatewayReport> Gateways() => Sorted(gateways).Select(item => Gateway(item.Key, item.Value));

    private GatewayClassReport GatewayClass(NamespacedName key, GatewayClassStatus status) => new(
        key.Name,
        snapshot.GatewayClasses.GetValueOrDefault(key)?.Metadata.Generation ?? 0,
        snapshot.GatewayClasses.GetValueOrDefault(key)?.Source?.ToString(),
        ConditionReport.Of(status.Conditions),
        status.SupportedFeatures);

    private GatewayReport Gateway(NamespacedName key, GatewayStatus status)
    {
        var gateway = snapshot.Gateways[key];
        var configuration = Configuration(key);
        return new GatewayReport(
            key.Namespace,
            key.Name,
            gateway.Metadata.Generation,
            gateway.Source?.ToString(),
            gateway.GatewayClassName,
            [.. status.Addresses.Select(address => new AddressReport(address.Type, address.Value ?? ""))],
            ConditionReport.Of(status.Conditions),
            [.. status.Listeners.Select(listener => Listener(gateway, configuration, listener))]);
    }

    private static ListenerReport Listener(Gateway gateway, ProxyConfiguration? configuration, ListenerStatus status)
    {
        var spec = gateway.Listeners.First(listener => listener.Name == status.Name);
        var bound = configuration?.Listeners.FirstOrDefault(listener => listener.Name == status.Name)?.BindPort;
        return new ListenerReport(
            status.Name,
            spec.Protocol,
            spec.Port,
            bound ?? spec.Port,
            string.IsNullOrEmpty(spec.Hostname) ? "*" : spec.Hostname,
            status.AttachedRoutes,
            [.. status.SupportedKinds.Select(kind => new RouteKindReport(kind.Group, kind.Kind))],
            ConditionReport.Of(status.Conditions));
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

    private static IEnumerable<KeyValuePair<NamespacedName, T>> Sorted<T>(IReadOnlyDictionary<NamespacedName, T> items) => items
        .OrderBy(item => item.Key.Namespace, StringComparer.Ordinal)
        .ThenBy(item => item.Key.Name, StringComparer.Ordinal);
}
