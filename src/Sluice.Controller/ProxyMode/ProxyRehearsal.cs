using Sluice.Configuration;
using Sluice.Configuration.Streaming;
using Sluice.Proxy;

namespace Sluice.Controller.ProxyMode;

/// <summary>
/// As the controller's <see cref="Clustered.Rehearsal"/>, on a proxy's part of the way: an update is received and put in force, for a
/// Gateway that has no address. It is gone again before the first that is meant.
/// </summary>
internal static class ProxyRehearsal
{
    private const string Gateway = "rehearsal/gateway";

    /// <summary>Takes some tens of milliseconds.</summary>
    public static async Task RunAsync(ProxyServer server)
    {
        var first = ConfigurationTables.Of(Configuration("before"));
        var second = ConfigurationTables.Of(Configuration("after"), first);
        var reader = new UpdateReader();
        foreach (var update in (EncodedUpdate[])[
            EncodedUpdate.Of(ConfigurationTables.Empty, first, 1, UpdateBase.Nothing),
            EncodedUpdate.Of(first, second, 2, UpdateBase.Version, 1)])
        {
            foreach (var chunk in update.Chunks)
            {
                var frames = new FrameReader(new MemoryStream(chunk.ToArray()), StreamMessages.MaxControllerBytes);
                while (await frames.ReadAsync(CancellationToken.None) is { } frame)
                    reader.Read(frame.Type, frame.Payload);
            }

            var result = await server.ApplyAsync(reader.Current.Configuration);
            if (!result.Applied)
                throw new InvalidOperationException($"the rehearsal's configuration was refused: {result.Errors[0].Message}");
            _ = StreamMessages.Write(new Answer(reader.Version, true, [], []));
        }

        await server.RemoveAsync(Gateway);
    }

    private static ProxyConfiguration Configuration(string version) => new()
    {
        Gateway = Gateway,
        Addresses = [],
        Clusters = [new Cluster { Name = "rehearsal/service:80", Endpoints = [new Endpoint("127.0.0.1", 80)] }],
        Listeners =
        [
            new Listener
            {
                Name = "http",
                Port = 80,
                BindPort = 80,
                Protocol = ListenerProtocol.Http,
                Hostname = "",
                VirtualHosts = [new VirtualHost { Hostname = $"{version}.example", Routes = [Entry("/a", version), Entry("/", version)] }],
            },
        ],
    };

    private static RouteEntry Entry(string path, string version) => new(
        new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, path) },
        new RouteRule
        {
            Route = "HTTPRoute/rehearsal/route",
            Index = 0,
            Action = new ForwardAction([new WeightedBackend { Cluster = "rehearsal/service:80", Weight = 1 }]),
            RequestHeaders = [new HeaderModifier { Set = [new HeaderValue("x-a", version)] }],
            ResponseHeaders = [new HeaderModifier { Set = [new HeaderValue("x-a", version)] }],
            UrlRewrite = new UrlRewrite { Path = new PathModifier(PathModifierType.ReplacePrefixMatch, "/") },
        });
}
