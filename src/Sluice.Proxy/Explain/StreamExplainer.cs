using System.Globalization;
using Sluice.Configuration;

namespace Sluice.Proxy.Explain;

/// <summary>Says where connections and datagrams go that are relayed as they are.</summary>
internal static class StreamExplainer
{
    /// <param name="explanation">With the listener that was chosen.</param>
    /// <param name="configuration">Of its Gateway.</param>
    /// <param name="listener">With protocol TLS, TCP or UDP.</param>
    public static Explanation Explain(Explanation explanation, ProxyConfiguration configuration, Listener listener)
    {
        StreamRoute? route = listener.Stream;
        if (listener.Protocol == ListenerProtocol.Tls)
        {
            string name = explanation.Request.ServerName;
            int best = HostnameMatch.Best([.. listener.TlsHosts.Select(host => host.Hostname)], name);
            explanation = explanation with { VirtualHosts = [.. listener.TlsHosts.Select((host, index) => Candidate(host, name, index == best, best < 0 ? null : listener.TlsHosts[best]))] };
            route = best < 0 ? null : listener.TlsHosts[best].Route;
            if (route is null)
                return Closed(explanation, $"no TLSRoute on listener \"{listener.Name}\" is for {Show(name)}");
        }
        if (route is null)
            return Closed(explanation, $"no route is attached to listener \"{listener.Name}\"");

        double total = route.Backends.Sum(backend => (double)backend.Weight);
        BackendExplanation[] backends = [.. route.Backends.Select(backend => Backend(configuration, backend, total == 0 ? 0 : backend.Weight / total, listener))];
        BackendExplanation[] used = [.. backends.Where(backend => backend.Share > 0)];
        explanation = explanation with { Action = new ActionExplanation { Kind = "Relay", Policies = [Describe(listener)], Backends = backends } };
        if (used.Length == 0)
            return Closed(explanation, $"{route.Route} has only backendRefs of weight 0");
        if (Array.TrueForAll(used, backend => backend.Problem is not null))
            return Closed(explanation, $"{route.Route} has no usable backend");
        return explanation with
        {
            Outcome = ExplainOutcome.Relayed,
            Summary = $"{route.Route} relays to {string.Join(", ", used.Select(Show))}",
        };
    }

    public static string Show(Endpoint endpoint) =>
        endpoint.Address.Contains(':') ? $"[{endpoint.Address}]:{endpoint.Port}" : $"{endpoint.Address}:{endpoint.Port}";

    public static Explanation Closed(Explanation explanation, string reason) => explanation with
    {
        Outcome = ExplainOutcome.Closed,
        StatusCode = null,
        Summary = $"{(explanation.Request.Scheme == "udp" ? "dropped" : "closed")}: {reason}",
    };

    private static string Describe(Listener listener) => listener.Protocol switch
    {
        ListenerProtocol.Tls when listener.Tls?.Mode == TlsMode.Terminate => "TLS ends at the listener; what is inside is relayed as it is, each connection to one backend",
        ListenerProtocol.Tls => "TLS is passed through, each connection to one backend",
        ListenerProtocol.Udp => "datagrams are relayed as they are, those of one client socket to one backend",
        _ => "bytes are relayed as they are, each connection to one backend",
    };

    private static VirtualHostCandidate Candidate(TlsHost host, string name, bool wins, TlsHost? best)
    {
        bool matches = HostnameMatch.Matches(host.Hostname, name);
        return new VirtualHostCandidate
        {
            Hostname = host.Hostname,
            Entries = 1,
            Matches = matches,
            Wins = wins,
            Reason = wins ? $"the most specific that matches {Show(name)}"
                : matches ? $"matches, but \"{best!.Hostname}\" is more specific"
                : $"{Show(name)} does not match",
        };
    }

    private static BackendExplanation Backend(ProxyConfiguration configuration, StreamBackend backend, double share, Listener listener)
    {
        Cluster? cluster = backend.Cluster is null ? null : configuration.Clusters.FirstOrDefault(cluster => cluster.Name == backend.Cluster);
        string lost = listener.Protocol == ListenerProtocol.Udp ? "its share of the clients gets no answer" : "its share of the connections is closed";
        return new BackendExplanation
        {
            Cluster = backend.Cluster,
            Weight = backend.Weight,
            Share = share,
            Endpoints = cluster is null ? [] : [.. cluster.Endpoints.Select(Show)],
            ServerName = cluster?.Tls?.Hostname,
            Problem = cluster is null ? $"the backendRef does not resolve: {lost}"
                : cluster.Endpoints.Count == 0 ? $"no endpoints: {lost}"
                : null,
        };
    }

    private static string Show(BackendExplanation backend)
    {
        string name = backend.Cluster ?? "an unresolved backendRef";
        return backend.Share == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ({backend.Share * 100:0.#} %)");
    }

    public static string Show(string serverName) => serverName.Length == 0 ? "connections without a server name" : $"server name \"{serverName}\"";
}
