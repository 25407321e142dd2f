using System.Globalization;
using System.Net;
using Sluice.Controller.DevTls;
using Sluice.Controller.Publishing;

namespace Sluice.Controller.Standalone;

/// <summary>
/// Tells people what is served (on <paramref name="output"/>) and what is wrong (on <paramref name="error"/>): every Gateway
/// when it changes, every problem once, and when a file or object has no problem any more.
/// </summary>
public sealed class StandaloneReporter(TextWriter output, TextWriter error)
{
    /// <summary>Problems printed for one change; the others are counted.</summary>
    private const int MaxProblems = 50;

    private readonly Lock _lock = new();
    private readonly ProblemCollector _collector = new();
    private Dictionary<string, string> _gateways = [];
    private (object? Gateways, object? ListenerSets) _told;
    private HashSet<(string Subject, string Text)> _problems = [];
    private IReadOnlyList<DevCertificate> _devCertificates = [];

    /// <summary>Called once, after the first configuration is in force and has been told.</summary>
    public Action? WhenReady { get; init; }

    internal void Update(ControllerState state)
    {
        lock (_lock)
        {
            ReportGateways(state);
            ReportDevCertificates(state);
            ReportProblems(state);
        }
    }

    /// <param name="address">Where the Kubernetes API is: a URL.</param>
    /// <param name="keeping">What becomes of what is applied there.</param>
    internal void ApiListens(string address, string keeping)
    {
        lock (_lock)
            output.WriteLine($"Kubernetes API {address} ({keeping})");
    }

    /// <param name="problem">A sentence without its period.</param>
    internal void Warn(string problem)
    {
        lock (_lock)
            error.WriteLine($"warning: {problem}");
    }

    internal void Ready(ControllerState state, IPEndPoint? admin, TimeSpan elapsed)
    {
        lock (_lock)
        {
            if (admin is not null)
                output.WriteLine($"Admin endpoint http://{admin}");
            var gateways = GatewayLines.Count(state.Gateways.Count, "Gateway");
            var routes = GatewayLines.Count(state.Translation.RoutesByKind.Sum(kind => kind.Statuses.Count), "route");
            var files = GatewayLines.Count(state.Update.FileCount, "file");
            if (state.Update.ApiObjectCount > 0)
                files += $" and {GatewayLines.Count(state.Update.ApiObjectCount, "object")} of the Kubernetes API";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Ready in {elapsed.TotalSeconds:0.00} s: {gateways}, {routes} from {files}. Changes are followed; Ctrl-C stops."));
            WhenReady?.Invoke();
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

    internal void ApiFault(Exception fault)
    {
        lock (_lock)
            error.WriteLine($"error: a defect cost one request to the Kubernetes API: {fault}");
    }

    private void ReportGateways(ControllerState state)
    {
        if (ReferenceEquals(state.Gateways, _told.Gateways) && ReferenceEquals(state.ListenerSets, _told.ListenerSets))
            return;
        _told = (state.Gateways, state.ListenerSets);
        var now = new Dictionary<string, string>();
        foreach (var (gateway, lines) in GatewayLines.Of(state))
        {
            now.Add(gateway, lines);
            if (_gateways.GetValueOrDefault(gateway) != lines)
                output.WriteLine(lines);
        }
        foreach (var gateway in _gateways.Keys.Except(now.Keys))
            output.WriteLine($"Gateway {gateway} is gone");
        _gateways = now;
    }

    private void ReportDevCertificates(ControllerState state)
    {
        foreach (var certificate in state.DevCertificates.Except(_devCertificates))
            output.WriteLine(DevTlsLines.Of(certificate));
        foreach (var certificate in _devCertificates.Except(state.DevCertificates))
        {
            if (state.Snapshot.Secrets.TryGetValue(certificate.For.Secret, out var secret) && !ReferenceEquals(secret, certificate.Secret))
                output.WriteLine($"Secret {certificate.For.Secret} exists now and is served instead of the certificate of --dev-tls");
        }
        _devCertificates = state.DevCertificates;
    }

    private void ReportProblems(ControllerState state)
    {
        var now = new HashSet<(string Subject, string Text)>();
        var printed = 0;
        foreach (var problem in _collector.Of(state))
        {
            if (!now.Add((problem.Subject, problem.Text)) || _problems.Contains((problem.Subject, problem.Text)))
                continue;
            if (printed++ < MaxProblems)
                error.WriteLine(problem.Line);
        }
        if (printed > MaxProblems)
            error.WriteLine($"… and {printed - MaxProblems} more; sluice status lists them all.");
        var troubled = now.Select(problem => problem.Subject).ToHashSet();
        foreach (var subject in _problems.Select(problem => problem.Subject).Distinct())
        {
            if (!troubled.Contains(subject))
                error.WriteLine($"{subject}: no problems any more");
        }
        _problems = now;
    }
}
