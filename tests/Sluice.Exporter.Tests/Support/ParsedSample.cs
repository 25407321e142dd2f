using System.Globalization;

namespace Sluice.Exporter.Tests.Support;

/// <summary>A sample as a strict parser reads it.</summary>
internal sealed record ParsedSample(string Name, IReadOnlyDictionary<string, string> Labels, string Text)
{
    public double Value => double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);

    public string this[string label] => Labels[label];

    /// <summary>Name and labels in a form that can be compared.</summary>
    public string Series => $"{Name}{{{string.Join(",", Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"))}}}";

    public override string ToString() => $"{Series} {Text}";
}
