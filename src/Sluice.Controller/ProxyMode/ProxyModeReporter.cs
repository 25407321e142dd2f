using System.Globalization;
using System.Net;
using Sluice.Configuration.Streaming;

namespace Sluice.Controller.ProxyMode;

/// <summary>Tells people what the proxy does (on <paramref name="output"/>) and what is wrong (on <paramref name="error"/>): each thing once.</summary>
public sealed class ProxyModeReporter(TextWriter output, TextWriter error)
{
    private readonly Lock _lock = new();
    private HashSet<string> _problems = [];
    private string? _lastFailure;

    internal void Started(string gateway, string controller, IPEndPoint? admin, IPEndPoint? probes)
    {
        lock (_lock)
        {
            output.WriteLine($"Proxy of Gateway {gateway}, configured by {controller}");
            if (admin is not null)
                output.WriteLine($"Admin endpoint http://{admin}");
            if (probes is not null)
                output.WriteLine($"Probes http://{probes}");
        }
    }

    internal void Restored(string file, IReadOnlyCollection<string> withoutKey)
    {
        lock (_lock)
        {
            output.WriteLine($"Serving the configuration kept in {file} until the controller answers");
            if (withoutKey.Count > 0)
                error.WriteLine($"warning: the keys of {string.Join(", ", withoutKey)} are not kept on disk: what needs them is not served, and the proxy is not ready, until the controller answers");
        }
    }

    internal void StateProblem(string message)
    {
        lock (_lock)
            error.WriteLine($"warning: {message}");
    }

    internal void Connected()
    {
        lock (_lock)
        {
            output.WriteLine("Connected to the controller");
            _lastFailure = null;
        }
    }

    internal void Disconnected(string reason)
    {
        lock (_lock)
        {
            if (_lastFailure != reason)
                error.WriteLine($"warning: no configuration stream: {reason}; trying again, and serving what is in force");
            _lastFailure = reason;
        }
    }

    internal void Answered(Answer answer, bool isFirst)
    {
        lock (_lock)
        {
            if (isFirst && answer.Applied)
                output.WriteLine("Ready: the configuration is in force");
            var now = new HashSet<string>(answer.Errors.Select(Line).Concat(answer.Warnings.Select(warning => $"warning: {warning}")));
            foreach (var problem in now.Where(problem => !_problems.Contains(problem)))
                error.WriteLine(problem);
            if (_problems.Count > 0 && now.Count == 0)
                error.WriteLine("no problems with the configuration any more");
            _problems = now;
        }
    }

    internal void Stopping(TimeSpan delay, TimeSpan timeout)
    {
        lock (_lock)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Stopping: traffic is taken for {delay.TotalSeconds:0.#} s more, then requests in flight have {timeout.TotalSeconds:0.#} s to finish; a second signal ends at once."));
    }

    internal void Problem(string problem)
    {
        lock (_lock)
            error.WriteLine($"warning: {problem}");
    }

    internal void Fault(Exception fault)
    {
        lock (_lock)
            error.WriteLine($"error: a defect was caught: {fault}");
    }

    private static string Line(AnswerError problem) =>
        problem.Listener is null ? $"error: {problem.Message}" : $"error: listener {problem.Listener}: {problem.Message}";
}
