namespace Sluice.Exporter.Families;

/// <summary>A metric: its name, what it says, and which fields of an object its samples come from.</summary>
public sealed class MetricFamily
{
    private readonly string _suffix;
    private StateKind? _kind;

    /// <param name="suffix">Of the name, after the kind's prefix and "_".</param>
    /// <param name="help">One sentence.</param>
    /// <param name="value">Of each sample.</param>
    /// <param name="sources">Where samples come from; what two of them say alike is said once.</param>
    internal MetricFamily(string suffix, string help, MetricValue value, params IReadOnlyList<SampleSource> sources) =>
        (_suffix, Help, Value, Sources) = (suffix, help, value, sources);

    public string Name => $"{Kind.Prefix}_{_suffix}";

    public string Help { get; }

    public MetricValue Value { get; }

    /// <summary>Empty where <see cref="IsOfLabels"/>.</summary>
    public IReadOnlyList<SampleSource> Sources { get; }

    /// <summary>Whether its labels are the Kubernetes labels of the object: see <see cref="Rendering.LabelNames"/>.</summary>
    public bool IsOfLabels { get; internal init; }

    public StateKind Kind => _kind ?? throw new InvalidOperationException($"{_suffix} belongs to no kind");

    /// <summary>Names of the labels that samples may have beside those of the kind.</summary>
    public IEnumerable<string> OwnLabels => Sources.SelectMany(source => source.Labels).Select(label => label.Name).Distinct(StringComparer.Ordinal);

    internal void Attach(StateKind kind) => _kind = kind;
}
