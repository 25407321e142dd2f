using System.Net;
using Sluice.Configuration;

namespace Sluice.Proxy.Explain;

/// <summary>
/// Which listener a request belongs to: by address, by port, by what the client begins with, then by the most specific hostname,
/// without fallback. With TLS the server name decides.
/// </summary>
internal sealed record ListenerSelection
{
    /// <summary>Every listener of every candidate Gateway.</summary>
    public required IReadOnlyList<ListenerCandidate> Candidates { get; init; }

    /// <summary>Of the Gateway that the request reaches, or null.</summary>
    public ProxyConfiguration? Configuration { get; init; }

    /// <summary>The listener that the request belongs to, or null.</summary>
    public Listener? Listener { get; init; }

    /// <summary>With TLS: the listener that the request's host would have chosen, if it were the server name.</summary>
    public Listener? ByHost { get; init; }

    public static int PortOf(ExplainRequest request) => request.Port ?? (request.Scheme == "https" ? 443 : 80);

    public static ListenerSelection Of(
        IReadOnlyList<ProxyConfiguration> configurations, ExplainRequest request, string authority, MatchEvaluator evaluator, List<string> notes)
    {
        configurations = Reachable(configurations, request, notes);
        int port = PortOf(request);
        // With a port offset clients connect to the bound port; without any such listener the Gateway's port is meant.
        bool bound = configurations.Any(configuration => configuration.Listeners.Any(listener => listener.BindPort == port));
        bool OnPort(Listener listener) => (bound ? listener.BindPort : listener.Port) == port && Takes(listener.Protocol, request.Scheme);
        string own = HostnameMatch.HostOf(authority);
        string host = request.Scheme is "https" or "tls" ? request.ServerName : own;

        ProxyConfiguration[] onPort = [.. configurations.Where(configuration => configuration.Listeners.Any(OnPort))];
        ProxyConfiguration? chosen = onPort.OrderByDescending(configuration => Quality(Winner(configuration, OnPort, host), own, evaluator)).FirstOrDefault();
        if (onPort.Length > 1)
            notes.Add($"{string.Join(", ", onPort.Select(configuration => configuration.Gateway))} all listen on port {port}, on addresses of "
                + $"their own; this is for {chosen!.Gateway}. To see another, name its Gateway or send to its address");
        Listener? winner = chosen is null ? null : Winner(chosen, OnPort, host);
        return new ListenerSelection
        {
            Configuration = chosen,
            Listener = winner,
            ByHost = chosen is null ? null : Winner(chosen, OnPort, own),
            Candidates =
            [
                .. configurations.SelectMany(configuration => configuration.Listeners.Select(listener =>
                    Candidate(configuration, listener, request, OnPort(listener), host, winner, ReferenceEquals(configuration, chosen)))),
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
        if (listener.Stream is not null || HostnameMatch.Best([.. listener.TlsHosts.Select(tlsHost => tlsHost.Hostname)], host) >= 0)
            return 3;
        int best = HostnameMatch.Best([.. listener.VirtualHosts.Select(virtualHost => virtualHost.Hostname)], host);
        if (best < 0)
            return 1;
        return listener.VirtualHosts[best].Routes.Any(entry => evaluator.Matches(entry.Match)) ? 3 : 2;
    }

    private static ListenerCandidate Candidate(
        ProxyConfiguration configuration, Listener listener, ExplainRequest request, bool onPort, string host, Listener? winner, bool isChosen)
    {
        bool matches = HostnameMatch.Matches(listener.Hostname, host);
        string name = request.Scheme is not ("https" or "tls") ? $"host \"{host}\"" : host.Length == 0 ? "a connection without a server name" : $"server name \"{host}\"";
        return new ListenerCandidate
        {
            Gateway = configuration.Gateway,
            Name = listener.Name,
            Port = listener.Port,
            BindPort = listener.BindPort,
            Protocol = listener.Protocol,
            Hostname = listener.Hostname,
            PortMatches = onPort,
            HostnameMatches = matches,
            Wins = isChosen && ReferenceEquals(listener, winner),
            Reason = !Takes(listener.Protocol, request.Scheme) ? $"speaks {Spoken(listener.Protocol)}, not {Spoken(request.Scheme)}"
                : !onPort ? $"request to port {PortOf(request)}, listener is on {Ports(listener)}"
                : !isChosen ? "another Gateway, on addresses of its own"
                : !matches ? $"{name} does not match {HostnameMatch.Show(listener.Hostname)}"
                : ReferenceEquals(listener, winner) ? "the most specific hostname that matches"
                : $"matches, but listener \"{winner!.Name}\" for {HostnameMatch.Show(winner.Hostname)} is more specific, and there is no fallback",
        };
    }

    // A listener with protocol TCP looks at nothing: whatever a client begins with is relayed.
    private static bool Takes(ListenerProtocol protocol, string scheme) => protocol switch
    {
        ListenerProtocol.Udp => scheme == "udp",
        ListenerProtocol.Tcp => scheme != "udp",
        ListenerProtocol.Http => scheme == "http",
        _ => scheme is "https" or "tls",
    };

    private static string Spoken(ListenerProtocol protocol) => protocol switch
    {
        ListenerProtocol.Http => "HTTP in the clear",
        ListenerProtocol.Https => "HTTP over TLS",
        ListenerProtocol.Tls => "TLS",
        ListenerProtocol.Udp => "UDP",
        _ => "TCP",
    };

    private static string Spoken(string scheme) => scheme switch
    {
        "http" => "HTTP in the clear",
        "https" => "HTTP over TLS",
        _ => scheme.ToUpperInvariant(),
    };

    private static string Ports(Listener listener) =>
        listener.Port == listener.BindPort ? $"{listener.Port}" : $"{listener.Port} (bound: {listener.BindPort})";
}
