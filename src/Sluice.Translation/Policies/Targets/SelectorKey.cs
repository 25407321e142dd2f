using Sluice.Resources.Policies;

namespace Sluice.Translation.Policies.Targets;

/// <summary>One of the labels that a selector asks for, by which it is found; the empty one for a selector that asks for none.</summary>
internal readonly record struct SelectorKey(string Group, string Kind, string Label, string Value)
{
    public static SelectorKey Of(PolicyTargetSelector selector)
    {
        var label = selector.MatchLabels.Keys.Min(StringComparer.Ordinal);
        return new SelectorKey(selector.Group, selector.Kind, label ?? "", label is null ? "" : selector.MatchLabels[label]);
    }
}
