using System.Globalization;
using System.Text;
using Sluice.Configuration.Streaming;

namespace Sluice.Configuration.Tests.Streaming;

/// <summary>Sizes of updates, and frames that are not what they must be.</summary>
public sealed class UpdateReaderTests
{
    [Fact]
    public async Task OneChangedRouteAmongThousands_CostsAboutItsOwnSize()
    {
        var before = ConfigurationTables.Of(Large(5000, changed: -1, null));
        var host = before.Configuration.Listeners[0].VirtualHosts[0];
        var entries = host.Routes.ToArray();
        entries[2500] = new RouteEntry(entries[2500].Match, entries[2500].Rule with { Action = Forward("cluster-7") });
        var after = ConfigurationTables.Of(before.Configuration with { Listeners = [before.Configuration.Listeners[0] with { VirtualHosts = [host with { Routes = entries }] }] }, before);
        var full = EncodedUpdate.Of(ConfigurationTables.Empty, before, 1, UpdateBase.Nothing);
        var delta = EncodedUpdate.Of(before, after, 2, UpdateBase.Version, 1);
        var reader = new UpdateReader();

        Assert.Equal(2, await reader.ReadAllAsync(full, delta));

        Assert.InRange(full.Length, 1_000_000, 10_000_000);
        Assert.True(full.Chunks.All(chunk => chunk.Length < 128 * 1024));
        Assert.InRange(delta.Length, 100, 1500);
        Assert.Equal("cluster-7", ((ForwardAction)reader.Current.Configuration.Listeners[0].VirtualHosts[0].Routes[2500].Rule.Action).Backends[0].Cluster);
    }

    [Fact]
    public void Tables_OfTheOneBefore_AreThoseOfTheConfigurationAlone()
    {
        var random = new Random(1);
        var hosts = Enumerable.Range(0, 100).Select(i => Host(i, Rule(i))).ToList();
        var other = Listener([Host(-1, Rule(-1))]);
        var tables = ConfigurationTables.Empty;
        for (var step = 0; step < 300; step++)
        {
            for (var changes = random.Next(1, 3); changes > 0; changes--)
            {
                var at = random.Next(hosts.Count);
                if (random.Next(3) == 0)
                    hosts.RemoveAt(at);

                // Now and then with a rule that another host has too.
                var rule = random.Next(20) == 0 ? hosts[random.Next(hosts.Count)].Routes[0].Rule : Rule(step);
                hosts.Insert(at, Host(step, rule, Rule(step + 1), rule));
            }

            var configuration = new ProxyConfiguration { Gateway = "a/b", Addresses = [], Clusters = [], Listeners = [other, Listener([.. hosts])] };
            tables = ConfigurationTables.Of(configuration, tables);

            Assert.Equal(Full(ConfigurationTables.Of(configuration)), Full(tables));
        }

        static VirtualHost Host(int number, params RouteRule[] rules) => new() { Hostname = $"h{number}.test", Routes = [.. rules.Select(rule => new RouteEntry(new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, "/") }, rule))] };

        static RouteRule Rule(int number) => new() { Route = $"HTTPRoute/a/{number}", Index = 0, Action = Forward("cluster") };

        static Listener Listener(VirtualHost[] hosts) => new() { Name = "l", Port = 80, BindPort = 80, Protocol = ListenerProtocol.Http, Hostname = "", VirtualHosts = hosts };

        static byte[] Full(ConfigurationTables tables) => [.. EncodedUpdate.Of(ConfigurationTables.Empty, tables, 1, UpdateBase.Nothing).Chunks.SelectMany(chunk => chunk.ToArray())];
    }

    [Fact]
    public async Task OneChangedEndpoint_CostsAboutItsOwnSize_AndKeepsTheRest()
    {
        var tls = new UpstreamTls { Hostname = "back.end", CaCertificates = [new string('c', 10_000)] };
        var cluster = new Cluster { Name = "c", Tls = tls, Endpoints = [.. Enumerable.Range(1, 1000).Select(port => new Endpoint("10.0.0.1", port))] };
        var before = ConfigurationTables.Of(new ProxyConfiguration { Gateway = "a/b", Addresses = [], Listeners = [], Clusters = [cluster] });
        var after = ConfigurationTables.Of(before.Configuration with { Clusters = [cluster with { Endpoints = [.. cluster.Endpoints.Take(500), .. cluster.Endpoints.Skip(501)] }] }, before);
        var delta = EncodedUpdate.Of(before, after, 2, UpdateBase.Version, 1);
        var reader = new UpdateReader();

        await reader.ReadAllAsync(EncodedUpdate.Of(ConfigurationTables.Empty, before, 1, UpdateBase.Nothing));
        var received = reader.Current.Configuration.Clusters[0];
        await reader.ReadAllAsync(delta);

        Assert.InRange(delta.Length, 50, 400);
        Assert.Equal(999, reader.Current.Configuration.Clusters[0].Endpoints.Count);
        Assert.Same(received.Tls, reader.Current.Configuration.Clusters[0].Tls);
    }

    [Fact]
    public async Task SharedCertificate_IsSentOnce()
    {
        var certificate = new TlsCertificate { Name = "a/b", Chain = new string('c', 5000), PrivateKey = new PrivateKey("key") };
        var listeners = Enumerable.Range(0, 50).Select(i => new Listener
        {
            Name = $"l{i}",
            Port = 443,
            BindPort = 443,
            Protocol = ListenerProtocol.Https,
            Hostname = $"h{i}.test",
            Tls = new ListenerTls { Mode = TlsMode.Terminate, Certificates = [certificate] },
        });
        var tables = ConfigurationTables.Of(new ProxyConfiguration { Gateway = "a/b", Addresses = [], Listeners = [.. listeners], Clusters = [] });
        var update = EncodedUpdate.Of(ConfigurationTables.Empty, tables, 1, UpdateBase.Nothing);
        var reader = new UpdateReader();

        await reader.ReadAllAsync(update);

        Assert.InRange(update.Length, 5000, 25_000);
        Assert.Single(reader.Current.Configuration.Listeners.Select(listener => listener.Tls!.Certificates[0]).Distinct(ReferenceEqualityComparer.Instance));
    }

    [Fact]
    public async Task Digest_LeavesNothingToSay()
    {
        var tables = ConfigurationTables.Of(new RandomConfigurations(7).Next());
        var first = new UpdateReader();
        await first.ReadAllAsync(EncodedUpdate.Of(ConfigurationTables.Empty, tables, 1, UpdateBase.Nothing));
        var again = new UpdateReader(first.Current);
        var update = EncodedUpdate.Of(tables, tables, 9, UpdateBase.Digest);

        Assert.Equal(1, await again.ReadAllAsync(update));

        Assert.Same(first.Current.Configuration.Listeners, again.Current.Configuration.Listeners);
        Assert.Equal(9, again.Version);
        Assert.InRange(update.Length, 1, 100);
    }

    [Theory]
    [InlineData("""16{"version":0,"base":"Nothing"}""", "update 0 comes after version 0")]
    [InlineData("""16{"version":2,"base":"Version","baseVersion":1}""", "update 2 builds on another configuration than version 0")]
    [InlineData("""18{"items":[]}""", "frame Certificates stands outside of an update")]
    [InlineData("""16{"version":1,"base":"Nothing"}|16{"version":2,"base":"Nothing"}""", "begins before update 1 has ended")]
    [InlineData("""16{"version":1,"base":"Nothing"}|23{"version":2}""", "frame Commit is none of update 1")]
    [InlineData("""16{"version":1,"base":"Nothing"}|20{"items":[]}|19{"items":[]}""", "frame Rules comes after Clusters")]
    [InlineData("""16{"version":1,"base":"Nothing"}|19{"items":[[0,1]]}""", "takes over [0,1] (first, count) of one that has 0 items")]
    [InlineData("""16{"version":1,"base":"Nothing"}|19{"items":[[-1,1]]}""", "takes over [-1,1]")]
    [InlineData("""16{"version":1,"base":"Nothing"}|19{"items":[7]}""", "frame Rules: an object with \"route\" was expected, not Number")]
    [InlineData("""16{"version":1,"base":"Nothing"}|20{"items":[{"from":3}]}""", "there is no cluster 3; there are 0")]
    [InlineData("""16{"version":1,"base":"Nothing"}|22{"listener":0,"host":0,"items":[]}""", "there is no listener 0")]
    [InlineData("""16{"version":1,"base":"Nothing"}|17{"gateway":""", "frame Head: ")]
    [InlineData("""16[]""", "frame Begin: ")]
    [InlineData("""99{}""", "frame 99 stands outside of an update")]
    public void FramesThatAreWrong_AreRefused(string frames, string message)
    {
        var reader = new UpdateReader();

        var error = Assert.Throws<StreamFormatException>(() =>
        {
            foreach (var frame in frames.Split('|'))
                reader.Read((FrameType)byte.Parse(frame.AsSpan(0, 2), CultureInfo.InvariantCulture), Encoding.UTF8.GetBytes(frame[2..]));
        });

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static ProxyConfiguration Large(int routes, int changed, string? cluster) => new()
    {
        Gateway = "a/b",
        Addresses = ["0.0.0.0"],
        Clusters = [.. Enumerable.Range(0, routes).Select(i => new Cluster { Name = $"cluster-{i}", Endpoints = [new Endpoint("10.0.0.1", 1 + i)] })],
        Listeners =
        [
            new Listener
            {
                Name = "http",
                Port = 80,
                BindPort = 80,
                Protocol = ListenerProtocol.Http,
                Hostname = "",
                VirtualHosts =
                [
                    new VirtualHost
                    {
                        Hostname = "*",
                        Routes = [.. Enumerable.Range(0, routes).Select(i => new RouteEntry(
                            new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, $"/{i}") },
                            new RouteRule { Route = $"HTTPRoute/a/route-{i}", Index = 0, Action = Forward(i == changed ? cluster! : $"cluster-{i}") }))],
                    },
                ],
            },
        ],
    };

    private static ForwardAction Forward(string cluster) => new([new WeightedBackend { Cluster = cluster, Weight = 1 }]);
}
