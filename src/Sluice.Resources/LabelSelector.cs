namespace Sluice.Resources;

/// <summary>metav1.LabelSelector: all requirements must hold; an empty selector matches everything.</summary>
public sealed record LabelSelector(
    IReadOnlyDictionary<string, string> MatchLabels,
    IReadOnlyList<LabelSelectorRequirement> MatchExpressions)
{
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (name, value) in MatchLabels)
        {
            if (!labels.TryGetValue(name, out var actual) || actual != value)
                return false;
        }

        foreach (var expression in MatchExpressions)
        {
            if (!expression.Matches(labels))
                return false;
        }

        return true;
    }
}
