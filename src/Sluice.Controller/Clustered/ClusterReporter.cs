using System.Globalization;
using System.Net;
using Sluice.Controller.Publishing;
using Sluice.Controller.Standalone;
using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Watching;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Clustered;

/// <summary>
/// Tells people what is served (on <paramref name="output"/>) and what is wrong (on <paramref name="error"/>), and how it stands
/// with the API server. What statuses and Events tell of routes and listeners is not told again; an API server that goes away is told
/// of once, not for each kind that is watched there.
/// </summary>
public sealed class ClusterReporter(TextWriter output, TextWriter error)
{
    /// <summary>Problems printed for one change; the others are counted.</summary>
    private const int MaxProblems = 50;

    /// <summary>Objects whose last failure is remembered.</summary>
    private const int MaxFailures = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, WatchStatus> _watches = [];
    private readonly Dictionary<string, string> _failures = [];
    private IReadOnlyDictionary<NamespacedName, GatewayStatus>? _last;
    private Dictionary<NamespacedName, string> _gateways = [];
    private HashSet<string> _problems = [];
    private bool _isAway;

    internal void Connecting(ClusterAccess access)
    {
        lock (_lock)
            output.WriteLine($"Cluster {access}");
    }

    internal void Ready(ControllerState state, IPEndPoint? admin, IPEndPoint? probes, TimeSpan elapsed)
    {
        lock (_lock)
        {
            if (admin is not null)
                output.WriteLine($"Admin endpoint http://{admin}");
            if (probes is not null)
                output.WriteLine($"Probes http://{probes}");
            var gateways = GatewayLines.Count(state.Gateways.Count, "Gateway");
            var routes = GatewayLines.Count(state.Translation.RoutesByKind.Sum(kind => kind.Statuses.Count), "route");
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Ready in {elapsed.TotalSeconds:0.00} s: {gateways}, {routes}. Changes are followed; Ctrl-C stops."));
        }
    }

    internal void Update(ControllerState state)
    {
        lock (_lock)
        {
            ReportGateways(state.Gateways);
            ReportProblems(state);
        }
    }

    internal void Draining(TimeSpan timeout)
    {
        lock (_lock)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Stopping: requests in flight have {timeout.TotalSeconds:0.#} s to finish; a second signal ends at once."));
    }

    internal void Defect(Exception defect)
    {
        lock (_lock)
            error.WriteLine($"error: a defect keeps the last change from being served; what was served before still is: {defect}");
    }

    internal void Fault(Exception fault)
    {
        lock (_lock)
            error.WriteLine($"error: a defect cost one connection: {fault}");
    }

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
            if (_failures.Count >= MaxFailures)
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

    private void ReportGateways(IReadOnlyDictionary<NamespacedName, GatewayStatus> gateways)
    {
        if (ReferenceEquals(gateways, _last))
            return;
        _last = gateways;
        var now = new Dictionary<NamespacedName, string>();
        foreach (var (key, status) in gateways)
        {
            var line = Line(status);
            now.Add(key, line);
            if (_gateways.GetValueOrDefault(key) != line)
                output.WriteLine($"Gateway {key}: {line}");
        }
        foreach (var gateway in _gateways.Keys.Where(gateway => !now.ContainsKey(gateway)))
            output.WriteLine($"Gateway {gateway}: gone, or not ours any more");
        _gateways = now;
    }

    private static string Line(GatewayStatus status)
    {
        foreach (var condition in status.Conditions)
        {
            if (condition is { Type: "Accepted" or "Programmed", Status: false })
                return $"{condition.Type}=False ({condition.Reason}){(condition.Message.Length == 0 ? "" : ": ")}{condition.Message}";
        }
        return status.Addresses.Count == 0 ? "served" : $"served on {string.Join(", ", status.Addresses.Select(address => address.Value))}";
    }

    private void ReportProblems(ControllerState state)
    {
        var now = new HashSet<string>();
        foreach (var finding in state.Update.Diagnostics)
            now.Add($"warning: {finding.Kind} {finding.Object} {finding.Message}");
        foreach (var notice in state.Translation.Notices.Concat(state.Warnings))
            now.Add($"{(notice.IsWarning ? "warning" : "info")}: {notice.Subject}: {notice.Message}");
        var news = now.Where(problem => !_problems.Contains(problem)).ToList();
        foreach (var problem in news.Take(MaxProblems))
            error.WriteLine(problem);
        if (news.Count > MaxProblems)
            error.WriteLine($"… and {news.Count - MaxProblems} more; sluice status lists them all.");
        _problems = now;
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
