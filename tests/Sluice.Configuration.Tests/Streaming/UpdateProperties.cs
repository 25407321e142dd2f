using FsCheck;
using FsCheck.Fluent;
using Sluice.Configuration.Json;
using Sluice.Configuration.Streaming;

namespace Sluice.Configuration.Tests.Streaming;

/// <summary>
/// Whatever sequence of configurations goes through the stream, the proxy's equals the controller's, and what is the same instance there
/// is the same instance here.
/// </summary>
public sealed class UpdateProperties
{
    [Fact]
    public void ReceivedConfigurations_EqualThoseSent_AndKeepWhatDidNotChange() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(ArbMap.Default.ArbFor<int>(), Holds));

    private static bool Holds(int seed)
    {
        var random = new Random(seed);
        var source = new RandomConfigurations(seed);
        var reader = new UpdateReader();
        var (sent, version) = (ConfigurationTables.Empty, 0L);
        for (var step = 0; step < 40; step++)
        {
            // Some are passed over, as for a proxy that lags.
            for (var skipped = random.Next(3); skipped > 0; skipped--)
                source.Next();
            var tables = ConfigurationTables.Of(source.Next(), sent);
            var update = random.Next(10) == 0 || version == 0
                ? EncodedUpdate.Of(ConfigurationTables.Empty, tables, version + 1, UpdateBase.Nothing)
                : EncodedUpdate.Of(sent, tables, version + 1, UpdateBase.Version, version);
            var before = reader.Current.Configuration;
            var isFull = update.Chunks[0].Span.IndexOf("Nothing"u8) >= 0;
            Assert.Equal(1, reader.ReadAllAsync(update).GetAwaiter().GetResult());

            Assert.Equal(Text(tables.Configuration), Text(reader.Current.Configuration));
            Assert.Equal(Full(ConfigurationTables.Of(tables.Configuration)), Full(tables));
            Assert.Equal(ConfigurationDigest.Of(tables), ConfigurationDigest.Of(reader.Current));
            if (!isFull)
                ExpectSameInstances(sent.Configuration, tables.Configuration, before, reader.Current.Configuration);
            (sent, version) = (tables, version + 1);
        }

        return true;
    }

    private static byte[] Full(ConfigurationTables tables) =>
        [.. EncodedUpdate.Of(ConfigurationTables.Empty, tables, 1, UpdateBase.Nothing).Chunks.SelectMany(chunk => chunk.ToArray())];

    private static string Text(ProxyConfiguration configuration) => System.Text.Encoding.UTF8.GetString(ConfigurationJson.ToBytes(configuration, Secrets.Included));

    private static void ExpectSameInstances(ProxyConfiguration old, ProxyConfiguration now, ProxyConfiguration receivedOld, ProxyConfiguration received)
    {
        Expect(old.Clusters, now.Clusters, receivedOld.Clusters, received.Clusters);
        Expect(old.Listeners, now.Listeners, receivedOld.Listeners, received.Listeners);
        Expect(Hosts(old), Hosts(now), Hosts(receivedOld), Hosts(received));
        Expect(Entries(old), Entries(now), Entries(receivedOld), Entries(received));
        Expect(Rules(old), Rules(now), Rules(receivedOld), Rules(received));
        Expect(Certificates(old), Certificates(now), Certificates(receivedOld), Certificates(received));
    }

    private static VirtualHost[] Hosts(ProxyConfiguration configuration) => [.. configuration.Listeners.SelectMany(listener => listener.VirtualHosts)];

    private static RouteEntry[] Entries(ProxyConfiguration configuration) => [.. Hosts(configuration).SelectMany(host => host.Routes)];

    private static RouteRule[] Rules(ProxyConfiguration configuration) => [.. Entries(configuration).Select(entry => entry.Rule)];

    private static TlsCertificate[] Certificates(ProxyConfiguration configuration) => [.. configuration.Listeners.SelectMany(listener => listener.Tls?.Certificates ?? [])];

    /// <summary>Where an instance of the new list was in the old one, the received lists have one instance too.</summary>
    private static void Expect<T>(IReadOnlyList<T> old, IReadOnlyList<T> now, IReadOnlyList<T> receivedOld, IReadOnlyList<T> received)
        where T : class
    {
        var places = new Dictionary<T, int>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < old.Count; i++)
            places.TryAdd(old[i], i);
        Assert.Equal(now.Count, received.Count);
        for (var i = 0; i < now.Count; i++)
        {
            if (places.TryGetValue(now[i], out var place))
                Assert.Same(receivedOld[place], received[i]);
        }
    }
}
