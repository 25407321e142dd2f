using System.Globalization;
using Sluice.Configuration.Listeners;

namespace Sluice.Configuration.Tests.Streaming;

/// <summary>Configurations that follow each other as a translation's do: what did not change is the same instance.</summary>
internal sealed class RandomConfigurations(int seed)
{
    private static readonly string[] Hosts = ["*", "a.example.com", "b.example.com", "*.example.com"];

    private readonly Random _random = new(seed);
    private int _next;

    public ProxyConfiguration Current { get; private set; } = new() { Gateway = "test/gateway", Addresses = ["0.0.0.0"], Listeners = [], Clusters = [] };

    /// <summary>The same with up to three changes.</summary>
    public ProxyConfiguration Next()
    {
        for (var changes = _random.Next(4); changes > 0; changes--)
            Current = Change(Current);
        return Current;
    }

    private ProxyConfiguration Change(ProxyConfiguration old) => _random.Next(6) switch
    {
        0 => old with { Addresses = [$"10.0.0.{_random.Next(255)}", "::"] },
        1 or 2 => old with { Clusters = Edit(old.Clusters, NewCluster, Changed) },
        _ => old with { Listeners = Edit(old.Listeners, NewListener, Changed) },
    };

    /// <summary>Adds, removes, replaces, moves or changes one item; the others stay what they are.</summary>
    private List<T> Edit<T>(IReadOnlyList<T> old, Func<T> create, Func<T, T> change)
    {
        var items = old.ToList();
        var at = _random.Next(items.Count + 1);
        if (items.Count == 0 || _random.Next(4) == 0)
        {
            items.Insert(at, create());
            return items;
        }

        at = _random.Next(items.Count);
        switch (_random.Next(6))
        {
            case 0:
                items.RemoveAt(at);
                break;
            case 1:
                items[at] = create();
                break;
            case 2:
                var moved = items[at];
                items.RemoveAt(at);
                items.Insert(_random.Next(items.Count + 1), moved);
                break;
            default:
                items[at] = change(items[at]);
                break;
        }

        return items;
    }

    private Cluster NewCluster() => new()
    {
        Name = Name("cluster"),
        Endpoints = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => NewEndpoint())],
        Protocol = _random.Next(3) == 0 ? UpstreamProtocol.Http2 : UpstreamProtocol.Http1,
        ConnectTimeout = _random.Next(3) == 0 ? TimeSpan.FromSeconds(_random.Next(1, 9)) : Cluster.DefaultConnectTimeout,
        Tls = _random.Next(3) == 0 ? new UpstreamTls { Hostname = "back.end", CaCertificates = [Name("ca")], ClientCertificate = _random.Next(2) == 0 ? AnyCertificate() : null } : null,
    };

    private Cluster Changed(Cluster cluster) => _random.Next(4) == 0
        ? cluster with { LoadBalancing = cluster.LoadBalancing == LoadBalancing.RoundRobin ? LoadBalancing.LeastRequest : LoadBalancing.RoundRobin }
        : cluster with { Endpoints = Edit(cluster.Endpoints, NewEndpoint, endpoint => endpoint with { Port = _random.Next(1, 65536) }) };

    private Endpoint NewEndpoint() => new($"10.0.{_random.Next(256)}.{_random.Next(256)}", _random.Next(1, 65536));

    private Listener NewListener()
    {
        var listener = new Listener { Name = Name("listener"), Port = _random.Next(1, 65536), BindPort = 80, Protocol = ListenerProtocol.Http, Hostname = "" };
        return _random.Next(4) switch
        {
            0 => listener with { Protocol = ListenerProtocol.Tcp, Stream = NewStream() },
            1 => listener with { Protocol = ListenerProtocol.Tls, Tls = new ListenerTls { Mode = TlsMode.Passthrough }, TlsHosts = [new TlsHost(Name("host"), NewStream())] },
            2 => listener with { Protocol = ListenerProtocol.Https, Tls = NewTls(), VirtualHosts = [NewHost()] },
            _ => listener with { VirtualHosts = [NewHost()] },
        };
    }

    private Listener Changed(Listener listener) => (_random.Next(8), listener.Protocol) switch
    {
        (6, _) => listener with { Http = _random.Next(3) == 0 ? null : new HttpSettings { ServerName = Name("server") } },
        (7, _) => listener with { Connection = _random.Next(3) == 0 ? null : new ConnectionSettings { BufferLimitBytes = _random.Next(1, 99) } },
        (0, _) => listener with { TrustedHops = _random.Next(3) },
        (1, _) => listener with { ProxyProtocol = listener.ProxyProtocol is null ? new ProxyProtocolAcceptance { TrustedSources = ["10.0.0.0/8"] } : null },
        (_, ListenerProtocol.Tcp) => listener with { Stream = _random.Next(4) == 0 ? null : NewStream() },
        (_, ListenerProtocol.Tls) => listener with { TlsHosts = Edit(listener.TlsHosts, () => new TlsHost(Name("host"), NewStream()), host => host with { Route = NewStream() }) },
        (2, ListenerProtocol.Https) => listener with { Tls = NewTls() },
        _ => listener with { VirtualHosts = Edit(listener.VirtualHosts, NewHost, Changed) },
    };

    private ListenerTls NewTls() => new()
    {
        Mode = TlsMode.Terminate,
        Certificates = [.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => AnyCertificate())],
        AlpnProtocols = _random.Next(3) switch { 0 => null, 1 => [], _ => ["h2"] },
        ClientValidation = _random.Next(3) == 0 ? new ClientValidation { Mode = ClientValidationMode.AllowValidOnly, CaCertificates = [Name("ca")] } : null,
    };

    /// <summary>One that is there, or a new one.</summary>
    private TlsCertificate AnyCertificate()
    {
        var known = Current.Listeners.SelectMany(listener => listener.Tls?.Certificates ?? []).ToArray();
        return known.Length > 0 && _random.Next(2) == 0
            ? known[_random.Next(known.Length)]
            : new TlsCertificate { Name = Name("certificate"), Chain = "PEM\n", PrivateKey = new PrivateKey(Name("key")), OcspResponse = _random.Next(2) == 0 ? [1, 2, 3] : null };
    }

    private VirtualHost NewHost() => new() { Hostname = Hosts[_random.Next(Hosts.Length)], Routes = [.. Enumerable.Range(0, _random.Next(4)).Select(_ => NewEntry())] };

    private VirtualHost Changed(VirtualHost host) => host with { Routes = Edit(host.Routes, NewEntry, entry => entry with { Match = NewMatch() }) };

    private RouteEntry NewEntry()
    {
        var known = Current.Listeners.SelectMany(listener => listener.VirtualHosts).SelectMany(host => host.Routes).ToArray();
        return new RouteEntry(NewMatch(), known.Length > 0 && _random.Next(3) == 0 ? known[_random.Next(known.Length)].Rule : NewRule());
    }

    private RouteMatch NewMatch() => new()
    {
        Path = new PathMatch(PathMatchType.PathPrefix, $"/{_random.Next(1000)}"),
        Method = _random.Next(3) == 0 ? "GET" : null,
        Headers = _random.Next(3) == 0 ? [new ValueMatch("x", ValueMatchType.Exact, "\"quoted\" – ü")] : [],
    };

    private RouteRule NewRule() => new()
    {
        Route = $"HTTPRoute/test/{Name("route")}",
        Index = _random.Next(3),
        Action = _random.Next(3) == 0
            ? new DirectResponseAction { StatusCode = 200, Body = Name("body"), ContentType = "text/plain" }
            : new ForwardAction([new WeightedBackend { Cluster = Name("cluster"), Weight = 1 }]),
        Timeouts = _random.Next(3) == 0 ? new RouteTimeouts { Request = TimeSpan.FromSeconds(1) } : null,
    };

    private StreamRoute NewStream() => new() { Route = $"TCPRoute/test/{Name("route")}", Backends = [new StreamBackend(Name("cluster"), 1)] };

    private string Name(string kind) => string.Create(CultureInfo.InvariantCulture, $"{kind}-{_next++}");
}
