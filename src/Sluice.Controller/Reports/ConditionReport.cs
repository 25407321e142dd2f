using System.Text.Json.Serialization;
using Sluice.Resources;

namespace Sluice.Controller.Reports;

/// <summary>A condition as Kubernetes writes it: Status is "True" or "False".</summary>
public sealed record ConditionReport(string Type, string Status, string Reason, string Message, long ObservedGeneration)
{
    [JsonIgnore]
    public bool IsTrue => Status == "True";

    internal static IReadOnlyList<ConditionReport> Of(IReadOnlyList<Condition> conditions) =>
        [.. conditions.Select(condition => new ConditionReport(condition.Type, condition.Status ? "True" : "False", condition.Reason, condition.Message, condition.ObservedGeneration))];
}
