namespace Sluice.Conformance.Statuses;

internal sealed record AddressStatus(string? Type, string Value);
