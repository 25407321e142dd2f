namespace Sluice.Exporter.Families;

/// <summary>How a sample gets its value.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Path">Of the field that it is made of; "" for <see cref="MetricValueKind.One"/>.</param>
public sealed record MetricValue(MetricValueKind Kind, string Path)
{
    /// <inheritdoc cref="MetricValueKind.One"/>
    public static MetricValue One { get; } = new(MetricValueKind.One, "");

    /// <inheritdoc cref="MetricValueKind.Condition"/>
    public static MetricValue Condition(string path) => new(MetricValueKind.Condition, path);

    /// <inheritdoc cref="MetricValueKind.Number"/>
    public static MetricValue Number(string path) => new(MetricValueKind.Number, path);

    /// <inheritdoc cref="MetricValueKind.Boolean"/>
    public static MetricValue Boolean(string path) => new(MetricValueKind.Boolean, path);

    /// <inheritdoc cref="MetricValueKind.Time"/>
    public static MetricValue Time(string path) => new(MetricValueKind.Time, path);

    /// <inheritdoc cref="MetricValueKind.TimeOrZero"/>
    public static MetricValue TimeOrZero(string path) => new(MetricValueKind.TimeOrZero, path);

    /// <summary>For people.</summary>
    public string Describe() => Kind switch
    {
        MetricValueKind.One => "1",
        MetricValueKind.Condition => $"`{Path}`: 1 for True, 0 for False and Unknown",
        MetricValueKind.Number => $"`{Path}`",
        MetricValueKind.Boolean => $"`{Path}`: 1 for true, 0 for false",
        MetricValueKind.Time => $"`{Path}` in seconds since 1970",
        _ => $"`{Path}` in seconds since 1970; 0 while it is absent",
    };
}
