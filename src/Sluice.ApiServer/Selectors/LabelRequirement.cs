namespace Sluice.ApiServer.Selectors;

/// <summary>One requirement of a label selector.</summary>
/// <param name="Key">The label.</param>
/// <param name="Operator">What must hold.</param>
/// <param name="Values">For the operators that compare.</param>
internal sealed record LabelRequirement(string Key, LabelOperator Operator, IReadOnlyList<string> Values)
{
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(Key, out var value);
        return Operator switch
        {
            LabelOperator.Exists => has,
            LabelOperator.Absent => !has,
            LabelOperator.In => has && Values.Contains(value!, StringComparer.Ordinal),
            LabelOperator.NotIn => !has || !Values.Contains(value!, StringComparer.Ordinal),
            LabelOperator.Greater => has && long.TryParse(value, out var number) && number > long.Parse(Values[0], System.Globalization.CultureInfo.InvariantCulture),
            _ => has && long.TryParse(value, out var number) && number < long.Parse(Values[0], System.Globalization.CultureInfo.InvariantCulture),
        };
    }
}
