using Sluice.Conformance.Cluster;

namespace Sluice.Conformance.Statuses;

/// <summary>What the admin endpoint's <c>/status</c> answers, as far as it concerns the suite.</summary>
internal sealed record StatusReport(
    IReadOnlyList<ClassStatus> GatewayClasses,
    IReadOnlyList<GatewayStatus> Gateways,
    IReadOnlyList<RouteStatus> Routes)
{
    public IReadOnlyList<ListenerSetStatus> ListenerSets { get; init; } = [];

    public IReadOnlyList<PolicyStatus> Policies { get; init; } = [];

    public IReadOnlyList<InfrastructureStatus> Infrastructure { get; init; } = [];

    public ClassStatus? Class(string name) => GatewayClasses.FirstOrDefault(status => status.Name == name);

    public GatewayStatus? Gateway(ObjectKey key) => Gateways.FirstOrDefault(status => status.Namespace == key.Namespace && status.Name == key.Name);

    public RouteStatus? Route(ObjectKey key) =>
        Routes.FirstOrDefault(status => status.Kind == key.Kind && status.Namespace == key.Namespace && status.Name == key.Name);

    public ListenerSetStatus? ListenerSet(ObjectKey key) => ListenerSets.FirstOrDefault(status => status.Namespace == key.Namespace && status.Name == key.Name);

    public PolicyStatus? Policy(ObjectKey key) => Policies.FirstOrDefault(status => status.Kind == key.Kind && status.Namespace == key.Namespace && status.Name == key.Name);

    /// <summary>metadata.generation of the object as it is in force; null when it is not shown.</summary>
    public long? Generation(ObjectKey key) => key.Kind switch
    {
        "GatewayClass" => Class(key.Name)?.Generation,
        "Gateway" => Gateway(key)?.Generation,
        "ListenerSet" => ListenerSet(key)?.Generation,
        "BackendTLSPolicy" => Policy(key)?.Generation,
        _ => Route(key)?.Generation,
    };
}
