using Sluice.Configuration;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Explain;

/// <summary>TLS, whose server name chooses the listener, and listeners that relay.</summary>
public sealed class StreamExplainerTests
{
    private static readonly Cluster Database = new() { Name = "shop/db:5432", Endpoints = [new Endpoint("10.0.0.1", 5432)], Tls = new UpstreamTls { Hostname = "db.internal" } };

    private static readonly ProxyConfiguration Configuration = Samples.Configuration(
        Https("https", "", "plain"),
        Https("shop", "*.shop.example", "shop"),
        new Listener
        {
            Name = "tls",
            Port = 443,
            BindPort = 443,
            Protocol = ListenerProtocol.Tls,
            Hostname = "db.example",
            Tls = new ListenerTls { Mode = TlsMode.Passthrough },
            TlsHosts = [new TlsHost("db.example", Stream("TLSRoute/test/db", new StreamBackend("shop/db:5432", 3), new StreamBackend(null, 1)))],
        },
        new Listener { Name = "tcp", Port = 5432, BindPort = 5432, Protocol = ListenerProtocol.Tcp, Hostname = "", Stream = Stream("TCPRoute/test/db", new StreamBackend("shop/db:5432", 1)) },
        new Listener { Name = "empty", Port = 5433, BindPort = 5433, Protocol = ListenerProtocol.Tcp, Hostname = "" },
        new Listener { Name = "unresolved", Port = 5434, BindPort = 5434, Protocol = ListenerProtocol.Tcp, Hostname = "", Stream = Stream("TCPRoute/test/lost", new StreamBackend(null, 1)) },
        new Listener { Name = "udp", Port = 53, BindPort = 53, Protocol = ListenerProtocol.Udp, Hostname = "", Stream = Stream("UDPRoute/test/dns", new StreamBackend("shop/db:5432", 0)) }) with
    {
        Clusters = [Database],
    };

    [Theory]
    [InlineData("https://other.example/", null, ExplainOutcome.Forwarded, null, "HTTPRoute/test/plain rule 0 forwards to shop/db:5432")]
    [InlineData("https://a.shop.example/", null, ExplainOutcome.Forwarded, null, "HTTPRoute/test/shop rule 0 forwards to shop/db:5432")]
    [InlineData("https://a.shop.example/", "b.shop.example", ExplainOutcome.Forwarded, null, "HTTPRoute/test/shop rule 0 forwards to shop/db:5432")]
    [InlineData("https://a.shop.example/", "other.example", ExplainOutcome.Misdirected, 421, "421: the server name chose listener \"shop\", host \"other.example\" belongs to listener \"https\"")]
    [InlineData("https://127.0.0.1/", "a.shop.example", ExplainOutcome.Misdirected, 421, "421: the server name chose listener \"https\", host \"a.shop.example\" belongs to listener \"shop\"")]
    [InlineData("https://db.example/", null, ExplainOutcome.Relayed, null, "TLSRoute/test/db relays to shop/db:5432 (75 %), an unresolved backendRef (25 %)")]
    [InlineData("tls://db.example:443", null, ExplainOutcome.Relayed, null, "TLSRoute/test/db relays to shop/db:5432 (75 %)")]
    [InlineData("tls://a.shop.example:443", null, ExplainOutcome.Closed, null, "closed: listener \"shop\" speaks HTTP over TLS, and nothing else inside")]
    [InlineData("http://a.shop.example:443/", null, ExplainOutcome.NoPort, null, "closed: what is on port 443 speaks something else: listener \"https\" speaks HTTP over TLS, not HTTP in the clear")]
    [InlineData("tcp://a:5432", null, ExplainOutcome.Relayed, null, "TCPRoute/test/db relays to shop/db:5432")]
    [InlineData("http://a:5432/", null, ExplainOutcome.Relayed, null, "TCPRoute/test/db relays to shop/db:5432")]
    [InlineData("tcp://a:5433", null, ExplainOutcome.Closed, null, "closed: no route is attached to listener \"empty\"")]
    [InlineData("tcp://a:5434", null, ExplainOutcome.Closed, null, "closed: TCPRoute/test/lost has no usable backend")]
    [InlineData("udp://a:53", null, ExplainOutcome.Closed, null, "dropped: UDPRoute/test/dns has only backendRefs of weight 0")]
    [InlineData("tcp://a:53", null, ExplainOutcome.NoPort, null, "no listener is on port 53: nothing answers")]
    [InlineData("udp://a:443", null, ExplainOutcome.NoPort, null, "no listener is on port 443: nothing answers")]
    public void Explain_Url_SaysWhatBecomesOfIt(string url, string? host, ExplainOutcome outcome, int? status, string summary)
    {
        Explanation explanation = Explain(url, host);

        Assert.Equal(outcome, explanation.Outcome);
        Assert.Equal(status, explanation.StatusCode);
        Assert.StartsWith(summary, explanation.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_Relay_ShowsBackendsAndHowTheyAreReached()
    {
        Explanation explanation = Explain("tls://db.example:443", null);

        BackendExplanation first = explanation.Action!.Backends[0], second = explanation.Action.Backends[1];
        Assert.Equal("tls", explanation.Listeners.Single(listener => listener.Wins).Name);
        Assert.Equal("db.example", Assert.Single(explanation.VirtualHosts).Hostname);
        Assert.Equal(["10.0.0.1:5432"], first.Endpoints);
        Assert.Equal("db.internal", first.ServerName);
        Assert.Null(first.Target);
        Assert.Equal("the backendRef does not resolve: its share of the connections is closed", second.Problem);
        string text = string.Join('\n', ExplanationText.Render(explanation).Select(line => line.Text));
        Assert.Contains("TLS is passed through, each connection to one backend", text, StringComparison.Ordinal);
        Assert.Contains("over TLS, server name db.internal", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Host:", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_NoListenerForTheHost_IsNotFound()
    {
        ProxyConfiguration configuration = Configuration with { Listeners = [.. Configuration.Listeners.Where(listener => listener.Name == "shop")] };

        Explanation explanation = RouteExplainer.Explain(
            [configuration],
            ExplainRequest.FromUrl("https://a.shop.example/", out _)! with { Headers = [new HeaderValue("Host", "other.example")] });

        Assert.Equal((ExplainOutcome.NoListener, 404), (explanation.Outcome, explanation.StatusCode));
        Assert.Equal("404: the server name chose listener \"shop\", no listener on this port is for host \"other.example\"", explanation.Summary);
    }

    [Fact]
    public void Explain_NoListenerForTheServerName_ClosesTheConnection()
    {
        ProxyConfiguration configuration = Configuration with { Listeners = [.. Configuration.Listeners.Where(listener => listener.Name == "shop")] };

        Explanation explanation = RouteExplainer.Explain([configuration], ExplainRequest.FromUrl("https://127.0.0.1/", out _)!);

        Assert.Equal((ExplainOutcome.Closed, "closed: no listener on this port is for connections without a server name"), (explanation.Outcome, explanation.Summary));
    }

    private static Explanation Explain(string url, string? host) => RouteExplainer.Explain(
        [Configuration],
        ExplainRequest.FromUrl(url, out _)! with { Headers = host is null ? [] : [new HeaderValue("Host", host)] });

    private static Listener Https(string name, string hostname, string route) =>
        Samples.Listener(name, hostname, Samples.Host("*", new RouteEntry(new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, "/") }, Samples.Rule(route, new WeightedBackend { Cluster = "shop/db:5432", Weight = 1 })))) with { Port = 443, BindPort = 443, Protocol = ListenerProtocol.Https, Tls = new ListenerTls { Mode = TlsMode.Terminate } };

    private static StreamRoute Stream(string route, params StreamBackend[] backends) => new() { Route = route, Backends = backends };
}
