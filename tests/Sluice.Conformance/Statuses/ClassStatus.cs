namespace Sluice.Conformance.Statuses;

internal sealed record ClassStatus(string Name, long Generation, IReadOnlyList<ConditionStatus> Conditions, IReadOnlyList<string> SupportedFeatures);
