namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>What a number of a <see cref="PanelKind.Stat"/> means to its reader.</summary>
internal enum Tone
{
    Neutral,

    /// <summary>Everything above 0 is a problem.</summary>
    Problem,

    /// <summary>1 is as it should be, 0 is a problem.</summary>
    Health,
}
