using Sluice.Exporter.Families;

namespace Sluice.Exporter.Rendering;

/// <summary>A <see cref="SampleSource"/> of a family, ready for use.</summary>
internal sealed class CompiledSource
{
    public CompiledSource(MetricFamily family, SampleSource source)
    {
        var levels = LevelsOf(source.Each);
        Lists = [.. levels.Select((level, i) => CompiledPath.Create(level[..^2], [.. levels.Take(i)]))];
        Slots =
        [
            .. family.Kind.ConstantLabels.Select(label => new LabelSlot(label.Key, null, label.Value, false))
                .Concat(family.Kind.IdentityLabels.Select(label => new LabelSlot(label.Name, CompiledPath.Create(label.Path, levels), "", false)))
                .Concat(source.Labels.Select(label => new LabelSlot(label.Name, CompiledPath.Create(label.Path, levels), "", true)))
                .OrderBy(slot => slot.Name, StringComparer.Ordinal),
        ];
        Value = family.Value.Kind == MetricValueKind.One ? null : CompiledPath.Create(family.Value.Path, levels);
    }

    /// <summary>The lists to go through, from the outside in.</summary>
    public IReadOnlyList<CompiledPath> Lists { get; }

    /// <summary>Labels in the order in which they are written: by name.</summary>
    public IReadOnlyList<LabelSlot> Slots { get; }

    /// <summary>Null where the value is 1.</summary>
    public CompiledPath? Value { get; }

    /// <summary>"a.b[].c[]" goes through "a.b[]" and "a.b[].c[]".</summary>
    private static List<string> LevelsOf(string each)
    {
        var levels = new List<string>();
        for (var end = each.IndexOf("[]", StringComparison.Ordinal); end >= 0; end = each.IndexOf("[]", end + 2, StringComparison.Ordinal))
            levels.Add(each[..(end + 2)]);
        return levels;
    }
}
