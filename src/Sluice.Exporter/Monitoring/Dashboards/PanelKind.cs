namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>How a panel shows what its queries give.</summary>
internal enum PanelKind
{
    /// <summary>One number, as it is now.</summary>
    Stat,

    /// <summary>A row for each object, as it is now.</summary>
    Table,

    /// <summary>Lines over time.</summary>
    Graph,
}
