using System.Net;
using Sluice.Exporter.Families;
using Sluice.Exporter.Scraping;
using Sluice.Exporter.Serving;
using Sluice.Exporter.Tests.Support;

namespace Sluice.Exporter.Tests.Scraping;

/// <summary>With watches.</summary>
public sealed class WatchTests
{
    private const string Routes = "/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes";

    [Fact]
    public async Task Objects_AreFollowed()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Gateway("g") + Objects.Route("r1"));
        var exporter = await ReadyAsync(cluster);
        Assert.Equal(["r1"], (await cluster.ScrapeAsync(exporter)).Names("gatewayapi_httproute_status_parents_conditions"));

        await cluster.CreateAsync(Objects.Route("r2"));
        await cluster.ScrapeUntilAsync(exporter, samples => samples.Names("gatewayapi_httproute_created").SequenceEqual(["r1", "r2"]));
        await cluster.DeleteAsync($"{Routes}/r1");
        await cluster.ScrapeUntilAsync(exporter, samples => samples.Names("gatewayapi_httproute_created").SequenceEqual(["r2"]));
        Assert.Equal(1, cluster.Api.Requests.Count(request => request.StartsWith("/apis/gateway.networking.k8s.io/v1/httproutes?limit", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Samples_AreTheSameAsWithoutWatches()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Gateway("g") + Objects.Route("r1") + Objects.Route("r2"));

        var listed = await cluster.ScrapeAsync(await cluster.ExporterAsync());
        var watched = await cluster.ScrapeAsync(await ReadyAsync(cluster));

        Assert.Equal(State(listed), State(watched));
    }

    [Fact]
    public async Task Samples_OfAServerThatIsGone_StayForAWhile()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Gateway("g"));
        var exporter = await ReadyAsync(cluster);

        await cluster.StopApiAsync();
        Assert.Equal(["g"], (await cluster.ScrapeUntilAsync(exporter, samples => samples.Value("gateway_metrics_up") == 0)).Names("gatewayapi_gateway_info"));

        await cluster.RestartApiAsync();
        Assert.Equal(["g"], (await cluster.ScrapeUntilAsync(exporter, samples => samples.Value("gateway_metrics_up") == 1)).Names("gatewayapi_gateway_info"));
    }

    [Fact]
    public async Task Samples_OfAServerThatIsGoneForLong_AreNotServed()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Gateway("g"));
        var exporter = await ReadyAsync(cluster, new ExporterLimits { MaxStaleness = TimeSpan.Zero });

        await cluster.StopApiAsync();

        await cluster.ScrapeUntilAsync(exporter, samples => samples.Value("gateway_metrics_kind_success", "Gateway") == 0 && !samples.Names("gatewayapi_gateway_info").Any());
    }

    [Fact]
    public async Task Kinds_ThatAreNotInstalled_AreNoFailure()
    {
        await using var cluster = await TestCluster.StartAsync();
        var exporter = await ReadyAsync(cluster);

        var samples = await cluster.ScrapeAsync(exporter);

        Assert.Equal((1, 1), (samples.Value("gateway_metrics_up"), samples.Value("gateway_metrics_kind_success", "AuthPolicy")));
    }

    [Fact]
    public async Task BeforeTheFirstList_TheExporterIsNotReady()
    {
        await using var cluster = await TestCluster.StartAsync();
        var gate = new TaskCompletionSource();
        cluster.Api.Answer = async (_, cancellation) =>
        {
            await gate.Task.WaitAsync(cancellation);
            return null;
        };
        var exporter = await cluster.ExporterAsync(options => options with { Watch = true });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await ReadinessAsync(cluster, exporter));
        Assert.Equal(0, (await cluster.ScrapeAsync(exporter)).Value("gateway_metrics_up"));
        gate.SetResult();
        await UntilReadyAsync(cluster, exporter);
    }

    [Fact]
    public async Task Kind_WithMoreThanTheLimit_FailsUntilThereIsLess()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Route("r1") + Objects.Route("r2"));
        var exporter = await ReadyAsync(cluster, new ExporterLimits { BytesPerKind = 2500 });

        var samples = await cluster.ScrapeAsync(exporter);
        Assert.Equal(0, samples.Value("gateway_metrics_kind_success", "HTTPRoute"));
        Assert.Empty(samples.Names("gatewayapi_httproute_created"));

        await cluster.DeleteAsync($"{Routes}/r2");
        await cluster.ScrapeUntilAsync(exporter, samples => samples.Value("gateway_metrics_kind_success", "HTTPRoute") == 1 && samples.Names("gatewayapi_httproute_created").SequenceEqual(["r1"]));
    }

    private static IEnumerable<string> State(IReadOnlyList<ParsedSample> samples) =>
        samples.Where(sample => sample.Name.StartsWith("gatewayapi_", StringComparison.Ordinal)).Select(sample => sample.ToString()).Order(StringComparer.Ordinal);

    private static async Task<StateExporter> ReadyAsync(TestCluster cluster, ExporterLimits? limits = null)
    {
        var exporter = await cluster.ExporterAsync(options => options with { Watch = true, Kinds = StateKinds.All, Limits = limits ?? ExporterLimits.Default });
        await UntilReadyAsync(cluster, exporter);
        return exporter;
    }

    private static async Task UntilReadyAsync(TestCluster cluster, StateExporter exporter)
    {
        for (var i = 0; await ReadinessAsync(cluster, exporter) != HttpStatusCode.OK; i++)
        {
            Assert.True(i < 1200, "not ready after a minute");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<HttpStatusCode> ReadinessAsync(TestCluster cluster, StateExporter exporter)
    {
        using var response = await cluster.Client.GetAsync(new Uri($"http://{exporter.EndPoint}/readyz"), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
