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
            Summary = NoPort(listeners.Candidates, request),
            Listeners = listeners.Candidates,
            Notes = notes,
        };
        if (!listeners.Candidates.Any(candidate => candidate.PortMatches))
            return explanation;
        string host = HostnameMatch.HostOf(authority);
        explanation = explanation with { Gateway = listeners.Configuration?.Gateway, StatusCode = 404 };
        if (WithoutRouting(explanation, listeners, host) is { } done)
            return done;

        Listener listener = listeners.Listener!;
        List<VirtualHost> tried = InOrder(listener, host);
        if (tried.Count == 0)
        {
            explanation = explanation with { VirtualHosts = VirtualHosts(listener, host, tried, null) };
            NoteClosestHostname(listener, host, notes);
            return explanation with
            {
                Outcome = ExplainOutcome.NoVirtualHost,
                Summary = $"404: no route on listener \"{listener.Name}\" is for host \"{host}\"",
            };
        }
        return ExplainEntries(explanation, listeners.Configuration!, listener, tried, evaluator, authority, path);
    }

    /// <summary>What becomes of it when no rule is ever asked: no listener, another one than the host's, or one that relays.</summary>
    private static Explanation? WithoutRouting(Explanation explanation, ListenerSelection listeners, string host)
    {
        ExplainRequest request = explanation.Request;
        if (listeners.Listener is not { } listener)
        {
            if (request.Scheme is not ("https" or "tls"))
                return explanation with { Outcome = ExplainOutcome.NoListener, Summary = $"404: no listener on this port is for host \"{host}\"" };
            return StreamExplainer.Closed(explanation, $"no listener on this port is for {StreamExplainer.Show(request.ServerName)}");
        }
        if (listener.Protocol is ListenerProtocol.Tls or ListenerProtocol.Tcp or ListenerProtocol.Udp)
            return StreamExplainer.Explain(explanation with { StatusCode = null }, listeners.Configuration!, listener);
        if (!request.IsHttp)
            return StreamExplainer.Closed(explanation, $"listener \"{listener.Name}\" speaks HTTP over TLS, and nothing else inside");
        if (listener.Protocol == ListenerProtocol.Http || ReferenceEquals(listeners.ByHost, listener))
            return null;
        if (listeners.ByHost is not { } byHost)
            return explanation with { Outcome = ExplainOutcome.NoListener, Summary = $"404: the server name chose listener \"{listener.Name}\", no listener on this port is for host \"{host}\"" };
        return explanation with
        {
            Outcome = ExplainOutcome.Misdirected,
            StatusCode = 421,
            Summary = $"421: the server name chose listener \"{listener.Name}\", host \"{host}\" belongs to listener \"{byHost.Name}\"",
        };
    }

    private static string NoPort(IReadOnlyList<ListenerCandidate> listeners, ExplainRequest request)
    {
        int port = ListenerSelection.PortOf(request);
        ListenerCandidate? other = listeners.FirstOrDefault(listener => (listener.BindPort == port || listener.Port == port) && listener.Protocol == ListenerProtocol.Udp == (request.Scheme == "udp"));
        return other is null
            ? $"no listener is on port {port}: nothing answers"
            : $"closed: what is on port {port} speaks something else: listener \"{other.Name}\" {other.Reason}";
    }

    /// <summary>The virtual hosts that match, from the most specific to the least.</summary>
    private static List<VirtualHost> InOrder(Listener listener, string host)
    {
        List<VirtualHost> left = [.. listener.VirtualHosts];
        var ordered = new List<VirtualHost>();
        while (HostnameMatch.Best([.. left.Select(virtualHost => virtualHost.Hostname)], host) is var best and >= 0)
        {
            ordered.Add(left[best]);
            left.RemoveAt(best);
        }
        return ordered;
    }

    private static Explanation ExplainEntries(
        Explanation explanation, ProxyConfiguration configuration, Listener listener, List<VirtualHost> tried,
        MatchEvaluator evaluator, string authority, string path)
    {
        RouteEntry[] routes = [.. tried.SelectMany(virtualHost => virtualHost.Routes)];
        List<EntryCandidate> entries = Entries(routes, evaluator);
        EntryCandidate? winner = entries.Find(entry => entry.Wins);
        explanation = explanation with
        {
            VirtualHosts = VirtualHosts(listener, HostnameMatch.HostOf(authority), tried, winner?.Rank),
            Entries = entries,
            Winner = winner,
        };
        if (winner is null)
        {
            string hostnames = string.Join(", then ", tried.Select(virtualHost => HostnameMatch.Show(virtualHost.Hostname)));
            return explanation with
            {
                Outcome = ExplainOutcome.NoRoute,
                Closest = ClosestEntry.Of(entries, routes, path),
                Summary = $"404: none of the {entries.Count} entries for {hostnames} on listener \"{listener.Name}\" matches",
            };
        }
        RouteEntry entry = routes[winner.Rank - 1];
        ActionExplanation action = new ActionExplainer(configuration, listener, entry, explanation.Request, authority, path).Explain();
        return ActionOutcome.Apply(explanation with { Action = action }, winner, action);
    }

    private static List<VirtualHostCandidate> VirtualHosts(Listener listener, string host, List<VirtualHost> tried, int? winningRank)
    {
        var candidates = new List<VirtualHostCandidate>();
        int before = 0;
        bool won = false;
        foreach (VirtualHost virtualHost in tried)
        {
            bool wins = !won && (winningRank is null ? candidates.Count == 0 : winningRank <= before + virtualHost.Routes.Count);
            candidates.Add(new VirtualHostCandidate
            {
                Hostname = virtualHost.Hostname,
                Entries = virtualHost.Routes.Count,
                Matches = true,
                Wins = wins,
                Reason = candidates.Count == 0 ? "the most specific hostname that matches"
                    : wins ? "matches, and no entry of a more specific hostname does"
                    : $"matches, but \"{tried[0].Hostname}\" is more specific",
            });
            won |= wins;
            before += virtualHost.Routes.Count;
        }
        candidates.AddRange(listener.VirtualHosts.Where(other => !tried.Contains(other)).Select(other => new VirtualHostCandidate
        {
            Hostname = other.Hostname,
            Entries = other.Routes.Count,
            Matches = false,
            Reason = $"host \"{host}\" does not match",
        }));
        return candidates;
    }

    private static List<EntryCandidate> Entries(RouteEntry[] routes, MatchEvaluator evaluator)
    {
        var entries = new List<EntryCandidate>(routes.Length);
        int winner = 0;
        foreach (RouteEntry entry in routes)
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
