namespace Sluice.Controller.Telemetry;

/// <summary>What the control plane counts. Label values come from code only, never from traffic or manifests.</summary>
internal sealed class ControllerMetrics
{
    private readonly Histogram _translation = new(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5);
    private readonly Histogram _publishing = new(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5);
    private long _applied;
    private long _rejected;

    public void Translated(TimeSpan duration) => _translation.Observe(duration);

    public void Published(TimeSpan duration) => _publishing.Observe(duration);

    public void ConfigurationAnswered(bool applied) => Interlocked.Increment(ref applied ? ref _applied : ref _rejected);

    public void Write(PrometheusWriter writer)
    {
        _translation.Write(writer, "sluice_translation_duration_seconds", "Time to translate one snapshot.");
        _publishing.Write(writer, "sluice_publishing_duration_seconds", "Time until the data plane has answered to all configurations of one snapshot.");
        writer.Declare("sluice_configurations_total", "counter", "Configurations given to the data plane, by its answer.");
        writer.Sample("sluice_configurations_total", Interlocked.Read(ref _applied), ("result", "applied"));
        writer.Sample("sluice_configurations_total", Interlocked.Read(ref _rejected), ("result", "rejected"));
    }
}
