using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Http;
using Sluice.Proxy.Listeners;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Tls.Server;

namespace Sluice.Proxy.Routing;

/// <summary>A listener with what was built from it.</summary>
internal sealed class RuntimeListener
{
    private readonly HostTable<RuntimeVirtualHost> _virtualHosts;
    private IReadOnlyCollection<string>? _problems;

    public RuntimeListener(Listener source, HostTable<RuntimeVirtualHost> virtualHosts)
    {
        Source = source;
        NameBytes = Encoding.UTF8.GetBytes(source.Name);
        _virtualHosts = virtualHosts;
    }

    /// <summary>Where everything goes that comes to a listener for TCP or UDP; null: nowhere.</summary>
    public RuntimeStreamRoute? Stream { get; init; }

    /// <summary>Where the connections of a listener for TLS go, by server name; null for other listeners.</summary>
    public HostTable<RuntimeStreamRoute>? TlsHosts { get; init; }

    public Listener Source { get; }

    /// <summary>Null: HTTP is spoken as on every listener.</summary>
    public RuntimeHttpSettings? Http { get; init; }

    /// <summary>Null: connections are as the limits have them.</summary>
    public RuntimeConnectionSettings? Connection { get; init; }

    /// <summary>Its name, for logs.</summary>
    public byte[] NameBytes { get; }

    /// <summary>Access logs and traces of its Gateway; null for handlers inside the process.</summary>
    public GatewayTelemetry? Telemetry { get; set; }

    /// <summary>TLS that ends at this listener; null when none does, or when it cannot be served (<see cref="TlsProblem"/>). Set before workers see it, and replaced whole for handlers inside the process.</summary>
    public ServerTls? Tls { get; set; }

    /// <summary>The keys of its session tickets, which live on with the listener's name; null when no TLS ends here.</summary>
    public TicketKeys? Tickets { get; set; }

    /// <summary>Why the listener cannot serve TLS: its connections are closed.</summary>
    public string? TlsProblem { get; set; }

    /// <summary>What <see cref="TlsProblem"/> is about.</summary>
    public ApplyErrorReason TlsProblemReason { get; set; } = ApplyErrorReason.Tls;

    /// <summary>Connections go on to the backend with their TLS.</summary>
    public bool IsPassthrough => Source.Tls?.Mode == TlsMode.Passthrough;

    /// <summary>Counters of the listener; the same object for as long as any configuration names it.</summary>
    public ListenerMetrics? Metrics { get; set; }

    public HostTable<RuntimeVirtualHost> VirtualHosts => _virtualHosts;

    /// <summary>
    /// The entry that serves a request, or null: 404. When the rules for the most specific hostname do not match, those for the
    /// next one get their turn (HTTPRouteSpec.hostnames orders rules, it does not exclude them).
    /// </summary>
    /// <param name="host">Without port and trailing dot (<see cref="HostName.Of"/>), in any case.</param>
    /// <param name="head">The request.</param>
    public RuntimeEntry? Match(ReadOnlySpan<byte> host, RequestHead head)
    {
        HostTable<RuntimeVirtualHost>.Matches virtualHosts = _virtualHosts.FindAll(host);
        while (virtualHosts.Next() is { } virtualHost)
        {
            if (virtualHost.Match(head) is { } entry)
                return entry;
        }
        return null;
    }

    /// <summary>What could not be put in force, one message each. Looked for once: the listener does not change.</summary>
    public IReadOnlyCollection<string> Problems => _problems ??= FindProblems();

    private IReadOnlyCollection<string> FindProblems()
    {
        var problems = new SortedSet<string>(StringComparer.Ordinal);
        foreach (RuntimeVirtualHost virtualHost in _virtualHosts.Values)
            problems.UnionWith(virtualHost.Problems);
        problems.UnionWith((Http?.Problems ?? []).Select(problem => $"listener {Source.Name}: {problem}"));
        return problems.Count == 0 ? [] : problems;
    }
}
