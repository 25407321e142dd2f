namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>A panel; where it stands is reckoned from its size, in the 24 columns of Grafana's grid.</summary>
internal sealed record Panel
{
    public required PanelKind Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>One or two sentences for who does not know the metric.</summary>
    public required string Description { get; init; }

    public required IReadOnlyList<PanelQuery> Queries { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    /// <summary>A unit of Grafana's. Default a plain number.</summary>
    public string Unit { get; init; } = "short";

    public Tone Tone { get; init; }

    /// <summary>Of a table, before those of its queries' values.</summary>
    public IReadOnlyList<LabelColumn> Columns { get; init; } = [];

    /// <summary>Lines lie on one another.</summary>
    public bool IsStacked { get; init; }

    public static Panel Stat(string title, string description, string expression, Tone tone = Tone.Neutral, string unit = "short") => new()
    {
        Kind = PanelKind.Stat,
        Title = title,
        Description = description,
        Queries = [new PanelQuery(expression)],
        Width = 4,
        Height = 4,
        Unit = unit,
        Tone = tone,
    };

    public static Panel Table(string title, string description, IReadOnlyList<LabelColumn> columns, params IReadOnlyList<PanelQuery> queries) => new()
    {
        Kind = PanelKind.Table,
        Title = title,
        Description = description,
        Columns = columns,
        Queries = queries,
        Width = 24,
        Height = 8,
    };

    public static Panel Graph(string title, string description, string unit, params IReadOnlyList<PanelQuery> queries) => new()
    {
        Kind = PanelKind.Graph,
        Title = title,
        Description = description,
        Unit = unit,
        Queries = queries,
        Width = 12,
        Height = 8,
    };

    /// <param name="width">In columns of the grid.</param>
    /// <param name="height">In rows of the grid; 0: as it is.</param>
    public Panel Sized(int width, int height = 0) => this with { Width = width, Height = height > 0 ? height : Height };

    /// <summary>With lines that lie on one another.</summary>
    public Panel Stacked() => this with { IsStacked = true };
}
