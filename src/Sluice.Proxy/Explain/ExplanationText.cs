using System.Globalization;

namespace Sluice.Proxy.Explain;

/// <summary>
/// Renders an explanation as lines of plain text: the request, the listeners, the virtual hosts, the entries in order with
/// each predicate, the outcome. "✓" marks what holds, "✗" what does not, "·" what holds but lost.
/// </summary>
public sealed class ExplanationText
{
    private readonly List<ExplanationLine> _lines = [];
    private readonly int _limit;

    private ExplanationText(int limit) => _limit = limit;

    /// <param name="explanation">What to render.</param>
    /// <param name="limit">
    /// Candidates that do not match are listed up to this many per section, the closest first; the others are counted. Default 10.
    /// </param>
    public static IReadOnlyList<ExplanationLine> Render(Explanation explanation, int limit = 10)
    {
        var text = new ExplanationText(limit);
        text.Request(explanation.Request);
        text.Listeners(explanation);
        text.VirtualHosts(explanation);
        text.Entries(explanation);
        text.Outcome(explanation);
        return text._lines;
    }

    private void Request(ExplainRequest request)
    {
        Add(ExplanationLineKind.Heading, 0, "Request");
        string port = request.Port is null ? "" : $":{request.Port}";
        Add(ExplanationLineKind.Plain, 1, request.IsHttp
            ? $"{request.Method} {request.Scheme}://{request.Host}{port}{request.Path}{request.Query}"
            : $"{request.Scheme}://{request.Host}{port}");
        foreach (Configuration.HeaderValue header in request.Headers)
            Add(ExplanationLineKind.Plain, 1, $"{header.Name}: {header.Value}");
    }

    private void Listeners(Explanation explanation)
    {
        if (explanation.Listeners.Count == 0)
            return;
        Add(ExplanationLineKind.Heading, 0, "Listeners");
        Section(explanation.Listeners, listener => listener.Wins || (listener.PortMatches && listener.HostnameMatches), listener =>
            Candidate(1, listener.Wins, listener.PortMatches && listener.HostnameMatches,
                $"{listener.Gateway} {listener.Name}: port {listener.Port}{(listener.Protocol == Configuration.ListenerProtocol.Http ? "" : $" ({listener.Protocol.ToString().ToUpperInvariant()})")}, {HostnameMatch.Show(listener.Hostname)}: {listener.Reason}"));
    }

    private void VirtualHosts(Explanation explanation)
    {
        if (explanation.VirtualHosts.Count == 0)
            return;
        Add(ExplanationLineKind.Heading, 0, "Hostnames of routes");
        Section(explanation.VirtualHosts, host => host.Matches, host =>
            Candidate(1, host.Wins, host.Matches, $"{host.Hostname}, entries: {host.Entries}: {host.Reason}"));
    }

    private void Entries(Explanation explanation)
    {
        if (explanation.Entries.Count == 0)
            return;
        Add(ExplanationLineKind.Heading, 0, "Entries in the order of precedence");
        Section(explanation.Entries, entry => entry.Matches || entry.Predicates[0].Passed || entry.Rank == explanation.Closest?.Rank, Entry);
    }

    private void Entry(EntryCandidate entry)
    {
        string name = entry.RuleName is null ? "" : $" ({entry.RuleName})";
        string wanted = string.Join(", ", entry.Predicates.Select(predicate =>
            predicate.Kind == "path" ? predicate.Expected : $"{predicate.Kind} {predicate.Expected}"));
        Candidate(1, entry.Wins, entry.Matches, $"{entry.Rank}. {entry.Route} rule {entry.Rule}{name}: {wanted}");
        if (entry.Matches)
        {
            Add(ExplanationLineKind.Plain, 3, entry.Reason);
            return;
        }
        foreach (PredicateResult predicate in entry.Predicates)
            Candidate(3, predicate.Passed, predicate.Passed, predicate.Reason);
    }

    private void Outcome(Explanation explanation)
    {
        Add(ExplanationLineKind.Heading, 0, "Outcome");
        bool good = explanation.Outcome is ExplainOutcome.Forwarded or ExplainOutcome.Answered or ExplainOutcome.Relayed;
        Candidate(1, good, good, explanation.Summary);
        if (explanation.Closest is { } closest)
            Add(ExplanationLineKind.Plain, 1, $"closest: entry {closest.Rank}, {closest.Route} rule {closest.Rule}: {closest.Reason}");
        if (explanation.Action is { } action)
            Action(1, action);
        foreach (string note in explanation.Notes)
            Add(ExplanationLineKind.Plain, 1, $"note: {note}");
    }

    private void Action(int indent, ActionExplanation action)
    {
        if (action.Location is not null)
            Add(ExplanationLineKind.Plain, indent, $"Location: {action.Location}");
        if (action.Body is { Length: > 0 } body)
            Add(ExplanationLineKind.Plain, indent, $"body: {body.ReplaceLineEndings("\\n")}");
        foreach (string edit in action.ResponseHeaders)
            Add(ExplanationLineKind.Plain, indent, $"response header: {edit}");
        foreach (FilterExplanation filter in action.Filters)
            Add(ExplanationLineKind.Plain, indent, $"filter {filter.Name} ({filter.Stage}): {string.Join("; ", filter.Settings)}");
        foreach (string policy in action.Policies)
            Add(ExplanationLineKind.Plain, indent, policy);
        foreach (BackendExplanation backend in action.Backends)
            Backend(indent, backend);
    }

    private void Backend(int indent, BackendExplanation backend)
    {
        string share = string.Create(CultureInfo.InvariantCulture, $"{backend.Share * 100:0.#} %");
        Add(ExplanationLineKind.Plain, indent, $"{share} {backend.Cluster ?? (backend.Answer is null ? "(unresolved)" : "(answered by a filter)")}");
        if (backend.Answer is { } answer)
        {
            Add(ExplanationLineKind.Plain, indent + 1, $"status {answer.StatusCode}");
            Action(indent + 1, answer);
            return;
        }
        if (backend.Problem is { } problem)
            Add(ExplanationLineKind.Failure, indent + 1, problem);
        if (backend.Endpoints.Count > 0)
            Add(ExplanationLineKind.Plain, indent + 1, $"endpoints: {string.Join(", ", backend.Endpoints)}");
        if (backend.ServerName is { } serverName)
            Add(ExplanationLineKind.Plain, indent + 1, $"over TLS, server name {serverName}");
        if (backend.Target is not null)
            Add(ExplanationLineKind.Plain, indent + 1, $"gets {backend.Target}, Host: {backend.Host}");
        foreach (string edit in backend.RequestHeaders)
            Add(ExplanationLineKind.Plain, indent + 1, $"request header: {edit}");
        foreach (string edit in backend.ResponseHeaders)
            Add(ExplanationLineKind.Plain, indent + 1, $"response header: {edit}");
        foreach (string mirror in backend.Mirrors)
            Add(ExplanationLineKind.Plain, indent + 1, $"copied to {mirror}");
    }

    // Everything of interest, and of the rest as much as the limit admits, in the given order.
    private void Section<T>(IReadOnlyList<T> candidates, Func<T, bool> isOfInterest, Action<T> render)
    {
        int others = 0;
        foreach (T candidate in candidates)
        {
            if (isOfInterest(candidate) || others++ < _limit)
                render(candidate);
        }
        if (others > _limit)
            Add(ExplanationLineKind.Plain, 1, $"… and {others - _limit} more that do not match");
    }

    private void Candidate(int indent, bool wins, bool matches, string text)
    {
        ExplanationLineKind kind = wins ? ExplanationLineKind.Success : matches ? ExplanationLineKind.Shadowed : ExplanationLineKind.Failure;
        Add(kind, indent, $"{(wins ? '✓' : matches ? '·' : '✗')} {text}");
    }

    private void Add(ExplanationLineKind kind, int indent, string text) => _lines.Add(new ExplanationLine(kind, new string(' ', indent * 2) + text));
}
