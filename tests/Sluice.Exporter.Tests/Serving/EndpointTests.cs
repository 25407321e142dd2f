using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Sluice.Exporter.Scraping;
using Sluice.Exporter.Serving;
using Sluice.Exporter.Tests.Support;

namespace Sluice.Exporter.Tests.Serving;

public sealed class EndpointTests
{
    private const string OpenMetrics = "application/openmetrics-text;version=1.0.0";

    [Theory]
    [InlineData(null, "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("application/json", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2", "application/openmetrics-text; version=1.0.0; charset=utf-8")]
    [InlineData("application/openmetrics-text;version=0.0.1", "application/openmetrics-text; version=0.0.1; charset=utf-8")]
    public async Task Metrics_AreInTheFormatThatIsAskedFor(string? accept, string contentType)
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(Objects.Gateway("g") + Objects.Route("r"));
        var exporter = await cluster.ExporterAsync();

        using var response = await GetAsync(cluster, exporter, "/metrics", ("accept", accept));
        var body = await response.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal(contentType, response.Content.Headers.GetValues("Content-Type").Single());
        Assert.NotEmpty(contentType.StartsWith("text", StringComparison.Ordinal) ? StrictParser.Text(body) : StrictParser.OpenMetrics(body));
    }

    [Fact]
    public async Task Metrics_AreCompressedWhereThatIsAccepted()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(string.Concat(Enumerable.Range(0, 200).Select(i => Objects.Route($"r{i}"))));
        var exporter = await cluster.ExporterAsync();

        using var response = await GetAsync(cluster, exporter, "/metrics", ("accept-encoding", "gzip"), ("accept", OpenMetrics));

        Assert.Equal(["gzip"], response.Content.Headers.ContentEncoding);
        var compressed = await response.Content.ReadAsByteArrayAsync(Cancellation);
        using var whole = new MemoryStream();
        await using (var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress))
            await gzip.CopyToAsync(whole, Cancellation);
        Assert.Equal(200, StrictParser.OpenMetrics(whole.ToArray()).Single(family => family.Name == "gatewayapi_httproute_parent").Samples.Count);
        Assert.True(compressed.Length < whole.Length / 5);
    }

    [Fact]
    public async Task TenScrapesAtOnce_GetTheSameSamples()
    {
        await using var cluster = await TestCluster.StartAsync();
        await cluster.CreateAsync(string.Concat(Enumerable.Range(0, 300).Select(i => Objects.Route($"r{i}"))));
        var exporter = await cluster.ExporterAsync();

        var scrapes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => cluster.ScrapeAsync(exporter)));

        Assert.All(scrapes, samples => Assert.Equal(
            scrapes[0].Where(IsOfState).Select(sample => sample.ToString()),
            samples.Where(IsOfState).Select(sample => sample.ToString())));
        Assert.Equal(300, scrapes[0].Count(sample => sample.Name == "gatewayapi_httproute_status_parents_conditions"));

        static bool IsOfState(ParsedSample sample) => sample.Name.StartsWith("gatewayapi_", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", 200, "text/html; charset=utf-8")]
    [InlineData("/healthz", 200, "text/plain; charset=utf-8")]
    [InlineData("/livez", 200, "text/plain; charset=utf-8")]
    [InlineData("/readyz", 200, "text/plain; charset=utf-8")]
    [InlineData("/config", 404, "text/plain; charset=utf-8")]
    public async Task OtherPaths_Answer(string path, int status, string contentType)
    {
        await using var cluster = await TestCluster.StartAsync();

        using var response = await GetAsync(cluster, await cluster.ExporterAsync(), path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.GetValues("Content-Type").Single());
    }

    [Fact]
    public async Task LandingPage_LinksToTheMetrics()
    {
        await using var cluster = await TestCluster.StartAsync();

        using var response = await GetAsync(cluster, await cluster.ExporterAsync(), "/");

        Assert.Contains("""<a href="/metrics">""", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Methods_OtherThanGetAndHead_AreRefused()
    {
        await using var cluster = await TestCluster.StartAsync();
        var exporter = await cluster.ExporterAsync();

        using var post = await cluster.Client.PostAsync(Uri(exporter, "/metrics"), null, Cancellation);
        using var head = await cluster.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Uri(exporter, "/metrics")), Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, post.StatusCode);
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Empty(cluster.Api.Requests);
    }

    [Theory]
    [InlineData(null, 401)]
    [InlineData("Bearer wrong", 401)]
    [InlineData("Basic dG9rZW4=", 401)]
    [InlineData("bearer the-right-token", 200)]
    public async Task Token_IsNeededForMetrics(string? authorization, int expected)
    {
        await using var cluster = await TestCluster.StartAsync();
        var exporter = await cluster.ExporterAsync(options => options with { Token = () => "the-right-token" });

        using var metrics = await GetAsync(cluster, exporter, "/metrics", ("authorization", authorization));
        using var page = await GetAsync(cluster, exporter, "/", ("authorization", authorization));
        using var health = await GetAsync(cluster, exporter, "/healthz");

        Assert.Equal((expected, expected, 200), ((int)metrics.StatusCode, (int)page.StatusCode, (int)health.StatusCode));
        Assert.Equal(expected == 401, metrics.Headers.WwwAuthenticate.Contains(new AuthenticationHeaderValue("Bearer")));
    }

    [Theory]
    [InlineData("3", 0)]
    [InlineData("nonsense", 1)]
    [InlineData("-1", 1)]
    public async Task Scraper_ThatSaysHowLongItWaits_IsAnsweredInTime(string seconds, int up)
    {
        await using var cluster = await TestCluster.StartAsync();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Api.Answer = async (request, cancellation) =>
        {
            if (!request.Path.EndsWith("/udproutes", StringComparison.Ordinal))
                return null;
            asked.TrySetResult();
            await gate.Task.WaitAsync(cancellation);
            return null;
        };
        var exporter = await cluster.ExporterAsync(options => options with { ScrapeTimeout = TimeSpan.FromMinutes(5) });
        var answer = GetAsync(cluster, exporter, "/metrics", ("x-prometheus-scrape-timeout-seconds", seconds));
        await asked.Task;
        if (up == 1)
            gate.SetResult();

        using var response = await answer;

        Assert.Contains($"\ngateway_metrics_up {up}\n", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrapes_BeyondTheLimit_AreTurnedAway()
    {
        await using var cluster = await TestCluster.StartAsync();
        var exporter = await cluster.ExporterAsync(options => options with { Limits = new ExporterLimits { Requests = 1 } });
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Api.Answer = async (_, cancellation) =>
        {
            asked.TrySetResult();
            await gate.Task.WaitAsync(cancellation);
            return null;
        };
        var first = GetAsync(cluster, exporter, "/metrics");
        await asked.Task;

        using var second = await GetAsync(cluster, exporter, "/metrics");
        gate.SetResult();
        using var served = await first;

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (second.StatusCode, served.StatusCode));
        await UntilServedAsync(cluster, exporter);
    }

    [Fact]
    public async Task SlowClient_IsCutOffBeforeTheEnd()
    {
        await using var cluster = await TestCluster.StartAsync();
        var exporter = await BigAsync(cluster, new ExporterLimits { SendTimeout = TimeSpan.FromMilliseconds(200), Requests = 1 });
        using var client = await BeginAsync(exporter);

        await UntilServedAsync(cluster, exporter);

        Assert.DoesNotContain("# EOF", await ReadToTheEndAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ThatGoesAway_LeavesItsPlace()
    {
        await using var cluster = await TestCluster.StartAsync();
        var exporter = await BigAsync(cluster, new ExporterLimits { Requests = 1 });
        var client = await BeginAsync(exporter);
        await client.GetStream().ReadAtLeastAsync(new byte[1000], 1000, cancellationToken: Cancellation);
        client.Dispose();

        await UntilServedAsync(cluster, exporter);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>With an answer that no socket's buffers hold.</summary>
    private static async Task<StateExporter> BigAsync(TestCluster cluster, ExporterLimits limits)
    {
        var conditions = string.Join(",", Enumerable.Range(0, 40_000).Select(i => $$"""{"type":"Condition{{i}}","status":"True"}"""));
        var items = Enumerable.Range(0, 3).Select(i => $$$"""{"apiVersion":"gateway.networking.k8s.io/v1","kind":"Gateway","metadata":{"name":"g{{{i}}}","namespace":"n"},"status":{"conditions":[{{{conditions}}}]}}""");
        var list = $$"""{"kind":"GatewayList","apiVersion":"gateway.networking.k8s.io/v1","metadata":{"resourceVersion":"1"},"items":[{{string.Join(",", items)}}]}""";
        cluster.Api.Answer = (request, _) => Task.FromResult(request.Path.EndsWith("/gateways", StringComparison.Ordinal) ? FaultyHandler.Json(200, list) : null);
        return await cluster.ExporterAsync(options => options with { Limits = limits });
    }

    /// <summary>Whoever comes while the only place is taken is turned away; waits until it is free.</summary>
    private static async Task UntilServedAsync(TestCluster cluster, StateExporter exporter)
    {
        for (var i = 0; ; i++)
        {
            using var response = await cluster.Client.GetAsync(Uri(exporter, "/metrics"), HttpCompletionOption.ResponseHeadersRead, Cancellation);
            if (response.StatusCode == HttpStatusCode.OK)
                return;
            Assert.True(i < 1200, "the place is still taken after a minute");
            await Task.Delay(50, Cancellation);
        }
    }

    /// <summary>A client that has asked, and reads nothing.</summary>
    private static async Task<TcpClient> BeginAsync(StateExporter exporter)
    {
        var client = new TcpClient { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(exporter.EndPoint, Cancellation);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: {OpenMetrics}\r\n\r\n"), Cancellation);
        return client;
    }

    private static async Task<string> ReadToTheEndAsync(TcpClient client)
    {
        using var whole = new MemoryStream();
        try
        {
            await client.GetStream().CopyToAsync(whole, Cancellation);
        }
        catch (IOException)
        {
            // Reset: that is an end, too.
        }

        return Encoding.UTF8.GetString(whole.ToArray());
    }

    private static Uri Uri(StateExporter exporter, string path) => new($"http://{exporter.EndPoint}{path}");

    private static async Task<HttpResponseMessage> GetAsync(TestCluster cluster, StateExporter exporter, string path, params (string Name, string? Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Uri(exporter, path));
        foreach (var (name, value) in fields)
        {
            if (value is not null)
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return await cluster.Client.SendAsync(request, Cancellation);
    }
}
