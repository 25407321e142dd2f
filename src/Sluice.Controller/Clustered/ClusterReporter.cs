using System.Globalization;
using System.Net;
using Sluice.Controller.Publishing;
using Sluice.Controller.Standalone;
using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Watching;

namespace Sluice.Controller.Clustered;

/// <summary>
/// Tells people what is served (on <paramref name="output"/>) and what is wrong (on <paramref name="error"/>), and how it stands
/// with the API server. One that goes away is told once, not for each kind that is watched there.
/// </summary>
public sealed class ClusterReporter(TextWriter output, TextWriter error)
{
    private readonly Lock _lock = new();
    private readonly StandaloneReporter _served = new(output, error);
    private readonly Dictionary<string, WatchStatus> _watches = [];
    private readonly Dictionary<string, string> _failures = [];
    private bool _isAway;

    internal void Connecting(ClusterAccess access)
    {
        lock (_lock)
            output.WriteLine($"Cluster {access}");
    }

    internal void Ready(ControllerState state, IPEndPoint? admin, TimeSpan elapsed)
    {
        lock (_lock)
        {
            if (admin is not null)
                output.WriteLine($"Admin endpoint http://{admin}");
            var gateways = GatewayLines.Count(state.Gateways.Count, "Gateway");
            var routes = GatewayLines.Count(state.Translation.RoutesByKind.Sum(kind => kind.Statuses.Count), "route");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Ready in {elapsed.TotalSeconds:0.00} s: {gateways}, {routes}. Changes are followed; Ctrl-C stops."));
        }
    }

    internal void Update(ControllerState state) => _served.Update(state);

    internal void Draining(TimeSpan timeout) => _served.Draining(timeout);

    internal void Defect(Exception defect) => _served.Defect(defect);

    internal void Fault(Exception fault) => _served.Fault(fault);

    internal void Watch(WatchStatus status)
    {
        lock (_lock)
        {
            var before = _watches.GetValueOrDefault(status.Resource.Plural);
            _watches[status.Resource.Plural] = status;
            if (status.State == WatchState.NotInstalled && before?.State != WatchState.NotInstalled)
                output.WriteLine($"{status.Resource} is not installed in the cluster: there is nothing of it until it is");
            else if (status.State == WatchState.Denied && before != status)
                error.WriteLine($"error: {status.Message}");
            else if (status.State == WatchState.Watching && status.Message.Length > 0)
                error.WriteLine($"warning: {status.Message}");
            else if (status.State == WatchState.Watching && before?.State == WatchState.Denied)
                output.WriteLine($"{status.Resource} may be watched now");
            Away(status);
        }
    }

    internal void StatusFailed(string kind, string key, ApiException failure)
    {
        lock (_lock)
        {
            if (failure.IsTransient || (_failures.TryGetValue($"{kind} {key}", out var before) && before == failure.Message))
                return;
            if (_failures.Count >= 1000)
                _failures.Clear();
            _failures[$"{kind} {key}"] = failure.Message;
            error.WriteLine($"warning: the status of {kind} {key} cannot be written: {failure.Message}");
        }
    }

    internal void Leader(string leader, bool isUs)
    {
        lock (_lock)
            output.WriteLine(isUs ? "This controller leads: it writes statuses and infrastructure" : leader.Length == 0 ? "No controller leads" : $"{leader} leads: it writes statuses and infrastructure");
    }

    internal void Problem(string problem)
    {
        lock (_lock)
            error.WriteLine($"warning: {problem}");
    }

    private void Away(WatchStatus status)
    {
        var isAway = _watches.Values.Any(watch => watch.State == WatchState.Interrupted);
        if (isAway == _isAway)
            return;
        _isAway = isAway;
        if (isAway)
            error.WriteLine($"warning: {status.Message}; what was seen last stays in force");
        else
            output.WriteLine("The API server answers again");
    }
}
