using Sluice.Controller.Clustered.Infrastructure;
using Sluice.Controller.Statuses;
using Sluice.Controller.Telemetry;
using Sluice.Kubernetes.Watching;

namespace Sluice.Controller.Clustered;

/// <summary>How it stands between the controller and its API server.</summary>
internal sealed class ClusterMetrics(StatusWriter writer, StatusBook book, IInfrastructure infrastructure, Func<bool> isLeader)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, WatchState> _watches = new(StringComparer.Ordinal);

    public void Watch(WatchStatus status)
    {
        lock (_lock)
            _watches[status.Resource.Plural] = status.State;
    }

    public void Write(PrometheusWriter metrics)
    {
        metrics.Gauge("sluice_leader", "1 while this controller writes statuses and infrastructure.", isLeader() ? 1 : 0);
        metrics.Gauge("sluice_status_objects", "Objects whose status is kept track of.", book.Count);
        metrics.Counter("sluice_status_writes_total", "Statuses written.", writer.Writes);
        metrics.Counter("sluice_status_unchanged_total", "Statuses looked at and found to be right already.", writer.Unchanged);
        metrics.Counter("sluice_status_conflicts_total", "Writes that somebody else's write came before; they were made again after a fresh look.", writer.Conflicts);
        metrics.Counter("sluice_status_errors_total", "Requests for statuses that failed.", writer.Errors);
        infrastructure.WriteMetrics(metrics);
        metrics.Declare("sluice_watch_state", "gauge", "1 for the state that the watch of a kind is in.");
        lock (_lock)
        {
            foreach (var (kind, current) in _watches)
            {
                foreach (var state in Enum.GetValues<WatchState>())
                    metrics.Sample("sluice_watch_state", state == current ? 1 : 0, ("kind", kind), ("state", state.ToString()));
            }
        }
    }
}
