namespace Sluice.Configuration.Telemetry;

/// <summary>Requests and connections of some listeners, by their names (<see cref="Listener.Name"/>).</summary>
public sealed record ListenerFilter(IReadOnlyList<string> Listeners) : AccessLogFilter;
