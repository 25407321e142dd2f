using Sluice.Exporter.Families;
using Sluice.Exporter.Scraping;
using Sluice.Exporter.Tests.Support;

namespace Sluice.Exporter.Tests.Scraping;

/// <summary>What a scrape gives, in good times and bad ones.</summary>
public sealed class ScrapeTests
{
    [Fact]
    public async Task Scrape_ShowsObjectsAsTheyAreNow()
    {
        await using var cluster = await TestCluster.StartAsync();
        var exporter = await cluster.ExporterAsync();
        Assert.Empty((await cluster.ScrapeAsync(exporter)).Names("gatewayapi_gateway_info"));

        await cluster.CreateAsync(Objects.Gateway("g") + Objects.Route("r1") + Objects.Route("r2"));
        var samples = await cluster.ScrapeAsync(exporter);
        Assert.Equal(["g"], samples.Names("gatewayapi_gateway_info"));
        Assert.Equal(["r1", "r2"], samples.Names("gatewayapi_httproute_status_parents_conditions"));
        Assert.Equal((1, 2, 1), (samples.Value("gateway_metrics_up"), samples.Value("gateway_metrics_kind_objects", "HTTPRoute"), samples.Value("gateway_metrics_kind_success", "HTTPRoute")));

        await cluster.DeleteAsync("/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes/r1");
        Assert.Equal(["r2"], (await cluster.ScrapeAsync(exporter)).Names("gatewayapi_httproute_created"));
    }

    [Fact]
    public async Task Gateway_ThatNobodyServes_HasTheConditionsThatItsDefinitionGivesIt()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Gateway("g"));

        var samples = await cluster.ScrapeAsync(await cluster.ExporterAsync());

        Assert.Equal([("Accepted", "0"), ("Programmed", "0")], samples.Where(sample => sample.Name == "gatewayapi_gateway_status").Select(sample => (sample["type"], sample.Text)));
    }

    [Fact]
    public async Task Lists_OfManyObjects_ComeInPages()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(string.Concat(Enumerable.Range(0, 1100).Select(i => Objects.Route($"r{i}"))));

        var samples = await cluster.ScrapeAsync(await cluster.ExporterAsync());

        Assert.Equal(1100, samples.Names("gatewayapi_httproute_hostname_info").Distinct().Count());
        Assert.Equal(3, cluster.Api.Requests.Count(request => request.StartsWith("/apis/gateway.networking.k8s.io/v1/httproutes?", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Kind_ThatFails_CostsItsOwnFamilies()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Gateway("g") + Objects.Route("r"));
        var problems = new List<string>();
        var exporter = await cluster.ExporterAsync(options => options with { Problem = problems.Add });
        cluster.Api.Fail("/httproutes", 500);

        var samples = await cluster.ScrapeAsync(exporter);

        Assert.Equal((0, 0, 1), (samples.Value("gateway_metrics_up"), samples.Value("gateway_metrics_kind_success", "HTTPRoute"), samples.Value("gateway_metrics_kind_success", "Gateway")));
        Assert.Equal(["g"], samples.Names("gatewayapi_gateway_info"));
        Assert.DoesNotContain(samples, sample => sample.Name.StartsWith("gatewayapi_httproute", StringComparison.Ordinal));
        Assert.DoesNotContain(samples, sample => sample.Name == "gateway_metrics_kind_objects" && sample["kind"] == "HTTPRoute");

        await cluster.ScrapeAsync(exporter);
        cluster.Api.Answer = null;
        Assert.Equal(1, (await cluster.ScrapeAsync(exporter)).Value("gateway_metrics_up"));
        Assert.Equal(["HTTPRoute: list httproutes.gateway.networking.k8s.io: no (500 InternalError)", "HTTPRoute: read again"], problems);
    }

    [Fact]
    public async Task Kinds_ThatAreNotInstalled_AreNoFailure()
    {
        await using var cluster = await TestCluster.StartAsync();

        // No kind of Kuadrant is.
        var samples = await cluster.ScrapeAsync(await cluster.ExporterAsync(options => options with { Kinds = StateKinds.All }));

        Assert.Equal((1, 1), (samples.Value("gateway_metrics_up"), samples.Value("gateway_metrics_kind_success", "DNSPolicy")));
        Assert.DoesNotContain(samples, sample => sample.Name is "gateway_metrics_kind_objects" or "gateway_metrics_kind_version_info" && sample["kind"] == "DNSPolicy");
    }

    [Fact]
    public async Task Version_ThatCannotBeLookedInto_CostsTheKindsThatMayBeThere()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Gateway("g"));
        var exporter = await cluster.ExporterAsync();
        cluster.Api.Fail("/apis/gateway.networking.k8s.io/v1", 503, "ServiceUnavailable");

        var samples = await cluster.ScrapeAsync(exporter);

        // Gateways are in v1beta1 too, ListenerSets are not.
        Assert.Equal((0, 1, 0), (samples.Value("gateway_metrics_up"), samples.Value("gateway_metrics_kind_success", "Gateway"), samples.Value("gateway_metrics_kind_success", "ListenerSet")));
        Assert.Equal(["g"], samples.Names("gatewayapi_gateway_info"));
    }

    [Fact]
    public async Task Kind_OfAnOlderCluster_IsReadInTheNewestVersionThatThereIs()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Gateway("g"));
        cluster.Api.Answer = (request, _) => Task.FromResult(request.Path switch
        {
            "/apis/gateway.networking.k8s.io/v1" => FaultyHandler.Json(200, """{"kind":"APIResourceList","groupVersion":"gateway.networking.k8s.io/v1","resources":[]}"""),
            _ => null,
        });

        var samples = await cluster.ScrapeAsync(await cluster.ExporterAsync());

        var version = Assert.Single(samples, sample => sample.Name == "gateway_metrics_kind_version_info" && sample["kind"] == "Gateway");
        Assert.Equal("v1beta1", version["version"]);
        Assert.Equal(["g"], samples.Names("gatewayapi_gateway_info"));
        Assert.Equal(1, samples.Value("gateway_metrics_kind_success", "ListenerSet"));
    }

    [Fact]
    public async Task ApiServer_ThatIsGone_IsToldAndComesBack()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Gateway("g"));
        var problems = new List<string>();
        var exporter = await cluster.ExporterAsync(options => options with { Problem = problems.Add });
        await cluster.ScrapeAsync(exporter);

        await cluster.StopApiAsync();
        var samples = await cluster.ScrapeAsync(exporter);
        Assert.Equal(0, samples.Value("gateway_metrics_up"));
        Assert.All(StateKinds.GatewayApi, kind => Assert.Equal(0, samples.Value("gateway_metrics_kind_success", kind.Kind)));
        Assert.Empty(samples.Names("gatewayapi_gateway_info"));
        Assert.Contains("cannot be reached", Assert.Single(problems), StringComparison.Ordinal);

        await cluster.RestartApiAsync();
        Assert.Equal(["g"], (await cluster.ScrapeUntilAsync(exporter, samples => samples.Value("gateway_metrics_up") == 1)).Names("gatewayapi_gateway_info"));
    }

    [Fact]
    public async Task Kind_ThatIsNotReadInTime_FailsAndTheRestIsServed()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Gateway("g"));
        var exporter = await cluster.ExporterAsync(options => options with { ScrapeTimeout = TimeSpan.FromSeconds(2) });
        cluster.Api.Answer = async (request, cancellation) =>
        {
            if (request.Path.EndsWith("/httproutes", StringComparison.Ordinal))
                await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        };

        var samples = await cluster.ScrapeUntilAsync(exporter, samples => samples.Names("gatewayapi_gateway_info").Any());

        Assert.Equal((0, 0), (samples.Value("gateway_metrics_up"), samples.Value("gateway_metrics_kind_success", "HTTPRoute")));
    }

    [Fact]
    public async Task List_WithMoreThanTheLimit_Fails()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Gateway("g") + string.Concat(Enumerable.Range(0, 3).Select(i => Objects.Route($"r{i}"))));
        var exporter = await cluster.ExporterAsync(options => options with { Limits = new ExporterLimits { BytesPerKind = 2500 } });

        var samples = await cluster.ScrapeAsync(exporter);

        Assert.Equal((0, 0, 1), (samples.Value("gateway_metrics_up"), samples.Value("gateway_metrics_kind_success", "HTTPRoute"), samples.Value("gateway_metrics_kind_success", "Gateway")));
    }
}
