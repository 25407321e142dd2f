namespace Sluice.Conformance.Statuses;

internal sealed record ConditionStatus(string Type, string Status, string Reason, string Message, long ObservedGeneration)
{
    public override string ToString() => $"{Type}={Status}/{Reason}";
}
