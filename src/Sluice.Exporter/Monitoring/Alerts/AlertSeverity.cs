namespace Sluice.Exporter.Monitoring.Alerts;

/// <summary>The label severity of an alert.</summary>
public enum AlertSeverity
{
    /// <summary>To know; nobody needs to act soon.</summary>
    Info,

    /// <summary>To be looked at in working hours.</summary>
    Warning,

    /// <summary>Clients are, or are about to be, turned away.</summary>
    Critical,
}
