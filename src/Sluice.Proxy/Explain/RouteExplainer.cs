using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Explain;

/// <summary>
/// Says why a request goes where it goes. Works on the configuration's records by comparing everything with everything, not on
/// the tables that the workers use, so that it needs no running proxy and shows what lost as well as what won.
/// </summary>
public static class RouteExplainer
{
    /// <param name="configurations">Of all Gateways that the request may reach.</param>
    /// <param name="request">The request.</param>
    public static Explanation Explain(IReadOnlyList<ProxyConfiguration> configurations, ExplainRequest request)
    {
        string authority = AuthorityOf(request);
        if (request.Path != "*" && !request.Path.StartsWith('/'))
            return Refused(request, $"the path \"{request.Path}\" does not begin with \"/\"");
        if (Normalize(request.Path) is not { } path)
            return Refused(request, $"the path \"{request.Path}\" has a bad percent-encoding or climbs above the root");
        if (request.Query.Length > 0 && request.Query[0] != '?')
            request = request with { Query = "?" + request.Query };
        var evaluator = new MatchEvaluator(request, authority, path);
        var notes = new List<string>();

        ListenerSelection listeners = ListenerSelection.Of(configurations, request, authority, evaluator, notes);
        var explanation = new Explanation
        {
            Request = request,
            Outcome = ExplainOutcome.NoPort,
            Summary = $"no listener is on port {ListenerSelection.PortOf(request)}: nothing answers",
            Listeners = listeners.Candidates,
            Notes = notes,
        };
        if (!listeners.Candidates.Any(candidate => candidate.PortMatches))
            return explanation;
        string host = HostnameMatch.HostOf(authority);
        explanation = explanation with { Gateway = listeners.Configuration?.Gateway, StatusCode = 404 };
        if (listeners.Listener is not { } listener)
            return explanation with { Outcome = ExplainOutcome.NoListener, Summary = $"404: no listener on this port is for host \"{host}\"" };

        int best = HostnameMatch.Best([.. listener.VirtualHosts.Select(virtualHost => virtualHost.Hostname)], host);
        explanation = explanation with { VirtualHosts = VirtualHosts(listener, host, best) };
        if (best < 0)
        {
            NoteClosestHostname(listener, host, notes);
            return explanation with
            {
                Outcome = ExplainOutcome.NoVirtualHost,
                Summary = $"404: no route on listener \"{listener.Name}\" is for host \"{host}\"",
            };
        }
        return ExplainEntries(explanation, listeners.Configuration!, listener, listener.VirtualHosts[best], evaluator, authority, path, notes);
    }

    private static Explanation ExplainEntries(
        Explanation explanation, ProxyConfiguration configuration, Listener listener, VirtualHost virtualHost,
        MatchEvaluator evaluator, string authority, string path, List<string> notes)
    {
        List<EntryCandidate> entries = Entries(virtualHost, evaluator);
        EntryCandidate? winner = entries.Find(entry => entry.Wins);
        explanation = explanation with { Entries = entries, Winner = winner };
        if (winner is null)
        {
            NoteLessSpecific(listener, virtualHost, HostnameMatch.HostOf(authority), evaluator, notes);
            return explanation with
            {
                Outcome = ExplainOutcome.NoRoute,
                Closest = ClosestEntry.Of(entries, virtualHost.Routes, path),
                Summary = $"404: none of the {entries.Count} entries for {HostnameMatch.Show(virtualHost.Hostname)} on listener \"{listener.Name}\" matches",
            };
        }
        RouteEntry entry = virtualHost.Routes[winner.Rank - 1];
        ActionExplanation action = new ActionExplainer(configuration, listener, entry, explanation.Request, authority, path).Explain();
        return ActionOutcome.Apply(explanation with { Action = action }, winner, action);
    }

    private static VirtualHostCandidate[] VirtualHosts(Listener listener, string host, int best) =>
    [
        .. listener.VirtualHosts.Select((virtualHost, i) => new VirtualHostCandidate
        {
            Hostname = virtualHost.Hostname,
            Entries = virtualHost.Routes.Count,
            Matches = HostnameMatch.Matches(virtualHost.Hostname, host),
            Wins = i == best,
            Reason = i == best ? "the most specific hostname that matches"
                : HostnameMatch.Matches(virtualHost.Hostname, host) ? $"matches, but \"{listener.VirtualHosts[best].Hostname}\" is more specific"
                : $"host \"{host}\" does not match",
        }),
    ];

    private static List<EntryCandidate> Entries(VirtualHost virtualHost, MatchEvaluator evaluator)
    {
        var entries = new List<EntryCandidate>(virtualHost.Routes.Count);
        int winner = 0;
        foreach (RouteEntry entry in virtualHost.Routes)
        {
            List<PredicateResult> predicates = evaluator.Evaluate(entry.Match);
            bool matches = predicates.TrueForAll(predicate => predicate.Passed);
            bool wins = matches && winner == 0;
            if (wins)
                winner = entries.Count + 1;
            entries.Add(new EntryCandidate
            {
                Rank = entries.Count + 1,
                Route = entry.Rule.Route,
                Rule = entry.Rule.Index,
                RuleName = entry.Rule.Name,
                Predicates = predicates,
                Matches = matches,
                Wins = wins,
                Reason = wins ? "the first in the order of precedence that matches"
                    : matches ? $"matches, but entry {winner} has precedence"
                    : string.Join("; ", predicates.Where(predicate => !predicate.Passed).Select(predicate => predicate.Reason)),
            });
        }
        return entries;
    }

    private static void NoteClosestHostname(Listener listener, string host, List<string> notes)
    {
        VirtualHost? closest = listener.VirtualHosts.MaxBy(virtualHost => HostnameMatch.CommonLabels(virtualHost.Hostname, host));
        if (closest is null)
            notes.Add($"no route is attached to listener \"{listener.Name}\"");
        else
            notes.Add($"the closest hostname is \"{closest.Hostname}\""
                + (closest.Hostname == "*." + host ? "; a wildcard stands for at least one label and never matches the bare domain" : ""));
    }

    private static void NoteLessSpecific(Listener listener, VirtualHost chosen, string host, MatchEvaluator evaluator, List<string> notes)
    {
        foreach (VirtualHost other in listener.VirtualHosts.Where(other => other != chosen && HostnameMatch.Matches(other.Hostname, host)))
        {
            if (other.Routes.FirstOrDefault(entry => evaluator.Matches(entry.Match)) is { } entry)
                notes.Add($"{entry.Rule.Route} rule {entry.Rule.Index} would match, but is for {HostnameMatch.Show(other.Hostname)}, "
                    + $"and \"{chosen.Hostname}\" is more specific");
        }
    }

    private static string AuthorityOf(ExplainRequest request)
    {
        HeaderValue? host = request.Headers.FirstOrDefault(header => header.Name.Equals("host", StringComparison.OrdinalIgnoreCase));
        if (host is not null)
            return host.Value;
        return request.Port is null || request.Port == (request.Scheme == "https" ? 443 : 80) ? request.Host : $"{request.Host}:{request.Port}";
    }

    private static string? Normalize(string path)
    {
        byte[] octets = Encoding.UTF8.GetBytes(path);
        return PathNormalizer.TryNormalize(octets, out int length) ? Encoding.UTF8.GetString(octets, 0, length) : null;
    }

    private static Explanation Refused(ExplainRequest request, string reason) =>
        new() { Request = request, Outcome = ExplainOutcome.BadRequest, StatusCode = 400, Summary = $"400: {reason}" };
}
