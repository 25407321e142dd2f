namespace Sluice.Controller.Reports;

/// <summary>Source is "file:line" when the object was read from a file.</summary>
public sealed record GatewayReport(
    string Namespace,
    string Name,
    string? Source,
    string GatewayClass,
    IReadOnlyList<string> Addresses,
    IReadOnlyList<ConditionReport> Conditions,
    IReadOnlyList<ListenerReport> Listeners);
