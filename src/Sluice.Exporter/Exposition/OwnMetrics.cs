using System.Text;
using Sluice.Exporter.Rendering;

namespace Sluice.Exporter.Exposition;

/// <summary>Families that are not made of objects, in the making. Names and label names come from code, values may come from anywhere.</summary>
internal sealed class OwnMetrics
{
    private readonly List<OwnFamily> _families = [];

    public IReadOnlyList<OwnFamily> Families => _families;

    /// <summary>Begins a family.</summary>
    public OwnMetrics Declare(string name, MetricType type, string help)
    {
        _families.Add(new OwnFamily(name, type, help));
        return this;
    }

    /// <summary>Adds a sample to the family that was declared last.</summary>
    public OwnMetrics Sample(double value, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var family = _families[^1];
        family.Lines.Append(Encoding.UTF8.GetBytes(family.Name));
        for (var i = 0; i < labels.Length; i++)
            family.Lines.Append(Encoding.UTF8.GetBytes($"{(i == 0 ? '{' : ',')}{labels[i].Name}=\"{Escape(labels[i].Value)}\""));
        if (labels.Length > 0)
            family.Lines.Append((byte)'}');
        family.Lines.Append((byte)' ');
        NumberText.Append(family.Lines, value);
        family.Lines.Append((byte)'\n');
        return this;
    }

    private static string Escape(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
