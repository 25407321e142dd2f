namespace Sluice.Conformance.Statuses;

/// <summary>Status null takes any status, Reason null any reason.</summary>
internal sealed record ConditionExpectation(string Type, string? Status, string? Reason = null)
{
    public static ConditionExpectation True(string type, string? reason = null) => new(type, "True", reason);

    public static ConditionExpectation False(string type, string? reason = null) => new(type, "False", reason);

    public override string ToString() => $"{Type}={Status ?? "any"}{(Reason is null ? "" : $"/{Reason}")}";
}
