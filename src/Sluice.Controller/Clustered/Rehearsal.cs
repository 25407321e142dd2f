using System.Text;
using Sluice.Configuration.Streaming;
using Sluice.Controller.Addresses;
using Sluice.Controller.Publishing;
using Sluice.Controller.Statuses;
using Sluice.Controller.Streaming;
using Sluice.Controller.Telemetry;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Clustered;

/// <summary>
/// The first change after a start would run through code that has not been loaded yet, or not even compiled, and take several times as
/// long as those after it. So the change of a small world that nobody serves goes the same way before: watched, translated, encoded.
/// </summary>
internal static class Rehearsal
{
    private const string Gateway = "rehearsal/gateway";

    private const string RouteJson = """
        {"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","metadata":{"name":"route","namespace":"rehearsal","uid":"5"},
         "spec":{"parentRefs":[{"name":"gateway"}],"hostnames":["VERSION.example"],"rules":[
           {"matches":[{"path":{"type":"PathPrefix","value":"/a"}}],"backendRefs":[{"name":"service","port":80}],"filters":[
             {"type":"RequestHeaderModifier","requestHeaderModifier":{"set":[{"name":"x-a","value":"VERSION"}]}},
             {"type":"ResponseHeaderModifier","responseHeaderModifier":{"set":[{"name":"x-a","value":"1"}]}},
             {"type":"URLRewrite","urlRewrite":{"path":{"type":"ReplacePrefixMatch","replacePrefixMatch":"/"}}}]},
           {"backendRefs":[{"name":"missing","port":80}]}]}}
        """;

    private static readonly (string Kind, string Json)[] World =
    [
        ("GatewayClass", """
            {"apiVersion":"gateway.networking.k8s.io/v1","kind":"GatewayClass","metadata":{"name":"rehearsal","uid":"1"},
             "spec":{"controllerName":"sluice.dev/gateway-controller"}}
            """),
        ("Gateway", """
            {"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway","metadata":{"name":"gateway","namespace":"rehearsal","uid":"2"},
             "spec":{"gatewayClassName":"rehearsal","listeners":[{"name":"http","port":80,"protocol":"HTTP"}]}}
            """),
        ("Service", """
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"service","namespace":"rehearsal","uid":"3"},"spec":{"ports":[{"name":"http","port":80}]}}
            """),
        ("EndpointSlice", """
            {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice",
             "metadata":{"name":"service-1","namespace":"rehearsal","uid":"4","labels":{"kubernetes.io/service-name":"service"}},
             "addressType":"IPv4","endpoints":[{"addresses":["127.0.0.1"],"conditions":{"ready":true}}],"ports":[{"name":"http","port":80,"protocol":"TCP"}]}
            """),
        ("HTTPRoute", Route("before")),
    ];

    /// <summary>Takes some tens of milliseconds.</summary>
    public static async Task RunAsync()
    {
        string[] names = [TranslatorOptions.DefaultControllerName];
        var clock = TimeProvider.System;
        var book = new StatusBook(names, clock);
        var state = new ClusterState(names, book);
        var addresses = new Loopback();
        using var hub = new StreamHub(new StreamLimits(), clock);
        using var dataPlane = new RemoteDataPlane(hub);
        var translator = new Translator(new TranslatorOptions { ControllerNames = names, Addresses = addresses });
        var pipeline = new UpdatePipeline(addresses, translator, dataPlane, new ControllerMetrics(), clock);
        var statuses = new StatusPublisher(book, names);

        foreach (var (kind, json) in World)
            Set(kind, json);
        state.Settle();
        state.ReferencesListed();
        var first = await TakeAsync();
        Set("HTTPRoute", Route("after"));
        var second = await TakeAsync();
        _ = EncodedUpdate.Of(ConfigurationTables.Empty, first, 1, UpdateBase.Nothing);
        _ = EncodedUpdate.Of(first, second, 2, UpdateBase.Version, 1);

        void Set(string kind, string json)
        {
            var read = state.Read(ClusterKinds.All.Single(known => known.Kind == kind), Encoding.UTF8.GetBytes(json), null);
            state.Set(kind, read.Key, read);
        }

        async Task<ConfigurationTables> TakeAsync()
        {
            var (snapshot, refused) = state.Take() ?? throw new InvalidOperationException("the rehearsal's objects made no snapshot");
            statuses.Publish(await pipeline.PutInForceAsync(ClusterUpdate.Of(snapshot, refused)));
            return hub.Feed(Gateway).Current?.Tables ?? throw new InvalidOperationException("the rehearsal's Gateway has no configuration");
        }
    }

    private static string Route(string version) => RouteJson.Replace("VERSION", version, StringComparison.Ordinal);

    private sealed class Loopback : IPreparedAddresses
    {
        public void Prepare(ResourceSnapshot snapshot)
        {
            // Every Gateway has the same.
        }

        public GatewayAddressing Assign(Gateway gateway) => GatewayAddressing.Of(["127.0.0.1"]);
    }
}
