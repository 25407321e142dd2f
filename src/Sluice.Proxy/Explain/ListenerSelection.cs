using System.Net;
using Sluice.Configuration;

namespace Sluice.Proxy.Explain;

/// <summary>Which listener a request belongs to: by address, by port, then by the most specific hostname, without fallback.</summary>
internal sealed record ListenerSelection
{
    /// <summary>Every listener of every candidate Gateway.</summary>
    public required IReadOnlyList<ListenerCandidate> Candidates { get; init; }

    /// <summary>Of the Gateway that the request reaches, or null.</summary>
    public ProxyConfiguration? Configuration { get; init; }

    /// <summary>The listener that the request belongs to, or null.</summary>
    public Listener? Listener { get; init; }

    public static int PortOf(ExplainRequest request) => request.Port ?? (request.Scheme == "https" ? 443 : 80);

    public static ListenerSelection Of(
        IReadOnlyList<ProxyConfiguration> configurations, ExplainRequest request, string authority, MatchEvaluator evaluator, List<string> notes)
    {
        configurations = Reachable(configurations, request, notes);
        int port = PortOf(request);
        // With a port offset clients connect to the bound port; without any such listener the Gateway's port is meant.
        bool bound = configurations.Any(configuration => configuration.Listeners.Any(listener => listener.BindPort == port));
        bool OnPort(Listener listener) => (bound ? listener.BindPort : listener.Port) == port;
        string host = HostnameMatch.HostOf(authority);

        ProxyConfiguration[] onPort = [.. configurations.Where(configuration => configuration.Listeners.Any(OnPort))];
        ProxyConfiguration? chosen = onPort.OrderByDescending(configuration => Quality(Winner(configuration, OnPort, host), host, evaluator)).FirstOrDefault();
        if (onPort.Length > 1)
            notes.Add($"{string.Join(", ", onPort.Select(configuration => configuration.Gateway))} all listen on port {port}, on addresses of "
                + $"their own; this is for {chosen!.Gateway}. To see another, name its Gateway or send to its address");
        Listener? winner = chosen is null ? null : Winner(chosen, OnPort, host);
        return new ListenerSelection
        {
            Configuration = chosen,
            Listener = winner,
            Candidates =
            [
                .. configurations.SelectMany(configuration => configuration.Listeners.Select(listener =>
                    Candidate(configuration, listener, port, OnPort(listener), host, winner, ReferenceEquals(configuration, chosen)))),
            ],
        };
    }

    private static IReadOnlyList<ProxyConfiguration> Reachable(
        IReadOnlyList<ProxyConfiguration> configurations, ExplainRequest request, List<string> notes)
    {
        if (request.Gateway is { } gateway)
        {
            ProxyConfiguration[] named = [.. configurations.Where(configuration => configuration.Gateway == gateway)];
            if (named.Length == 0)
                notes.Add($"there is no Gateway {gateway}; there are: {string.Join(", ", configurations.Select(configuration => configuration.Gateway))}");
            return named;
        }
        if (!IPAddress.TryParse(request.Host.Trim('[', ']'), out IPAddress? address))
            return configurations;
        ProxyConfiguration[] addressed =
        [
            .. configurations.Where(configuration => configuration.Addresses.Any(own => IPAddress.TryParse(own, out IPAddress? parsed) && parsed.Equals(address))),
        ];
        return addressed.Length == 0 ? configurations : addressed;
    }

    private static Listener? Winner(ProxyConfiguration configuration, Func<Listener, bool> onPort, string host)
    {
        Listener[] listeners = [.. configuration.Listeners.Where(onPort)];
        int best = HostnameMatch.Best([.. listeners.Select(listener => listener.Hostname)], host);
        return best < 0 ? null : listeners[best];
    }

    // Of several Gateways on the port, one that has a route for the request is the most likely to be meant.
    private static int Quality(Listener? listener, string host, MatchEvaluator evaluator)
    {
        if (listener is null)
            return 0;
        int best = HostnameMatch.Best([.. listener.VirtualHosts.Select(virtualHost => virtualHost.Hostname)], host);
        if (best < 0)
            return 1;
        return listener.VirtualHosts[best].Routes.Any(entry => evaluator.Matches(entry.Match)) ? 3 : 2;
    }

    private static ListenerCandidate Candidate(
        ProxyConfiguration configuration, Listener listener, int port, bool onPort, string host, Listener? winner, bool isChosen)
    {
        bool matches = HostnameMatch.Matches(listener.Hostname, host);
        return new ListenerCandidate
        {
            Gateway = configuration.Gateway,
            Name = listener.Name,
            Port = listener.Port,
            BindPort = listener.BindPort,
            Hostname = listener.Hostname,
            PortMatches = onPort,
            HostnameMatches = matches,
            Wins = isChosen && ReferenceEquals(listener, winner),
            Reason = !onPort ? $"request to port {port}, listener is on {Ports(listener)}"
                : !isChosen ? "another Gateway, on addresses of its own"
                : !matches ? $"host \"{host}\" does not match {HostnameMatch.Show(listener.Hostname)}"
                : ReferenceEquals(listener, winner) ? "the most specific hostname that matches"
                : $"matches, but listener \"{winner!.Name}\" for {HostnameMatch.Show(winner.Hostname)} is more specific, and there is no fallback",
        };
    }

    private static string Ports(Listener listener) =>
        listener.Port == listener.BindPort ? $"{listener.Port}" : $"{listener.Port} (bound: {listener.BindPort})";
}
