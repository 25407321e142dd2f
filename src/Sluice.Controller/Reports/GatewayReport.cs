namespace Sluice.Controller.Reports;

/// <summary>Source is "file:line" when the object was read from a file; Generation its metadata.generation.</summary>
public sealed record GatewayReport(
    string Namespace,
    string Name,
    long Generation,
    string? Source,
    string GatewayClass,
    IReadOnlyList<AddressReport> Addresses,
    IReadOnlyList<ConditionReport> Conditions,
    IReadOnlyList<ListenerReport> Listeners,
    int AttachedListenerSets);
