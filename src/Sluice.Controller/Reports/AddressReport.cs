namespace Sluice.Controller.Reports;

/// <summary>One of a Gateway's status.addresses.</summary>
public sealed record AddressReport(string Type, string Value);
