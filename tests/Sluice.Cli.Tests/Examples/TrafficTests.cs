using System.Globalization;
using System.Net;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Examples;

/// <summary>examples/traffic, each rule with what its README promises.</summary>
public sealed class TrafficTests : IAsyncLifetime
{
    private const string Host = "shop.example.com";

    private readonly int _port = FreePort.Next();
    private EchoBackend _shop = null!;
    private EchoBackend _next = null!;
    private ManifestFolder _folder = null!;
    private RunningSluice _sluice = null!;

    public async ValueTask InitializeAsync()
    {
        _shop = await EchoBackend.StartAsync("shop");
        _next = await EchoBackend.StartAsync("shop-next");
        _folder = ManifestFolder.OfExample("traffic", ("127.0.0.1:3000", $"127.0.0.1:{_shop.Port}"), ("127.0.0.1:3001", $"127.0.0.1:{_next.Port}"), ("port: 8080", $"port: {_port}"));
        _sluice = await RunningSluice.StartAsync(_folder.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _sluice.DisposeAsync();
        _folder.Dispose();
        await _next.DisposeAsync();
        await _shop.DisposeAsync();
    }

    [Theory]
    [InlineData("succeedAfter=2&responseCode=503", 200)]
    [InlineData("succeedAfter=2", 200)]
    [InlineData("succeedAfter=3&responseCode=503", 503)]
    [InlineData("succeedAfter=1&responseCode=502", 502)]
    public async Task Retried_BackendThatFails_IsAskedTwiceMore(string failures, int expected)
    {
        var answer = await _sluice.GetAsync(_port, Host, $"/retry/?uuid={Guid.NewGuid()}&{failures}");

        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task Hurried_SlowBackend_Is504() =>
        Assert.Equal(504, (await _sluice.GetAsync(_port, Host, "/hurry?delay=60s")).Status);

    [Fact]
    public async Task Mirrored_OtherVersion_SeesTheRequest()
    {
        var order = $"/orders/{Guid.NewGuid()}";

        Assert.Equal("shop", (await _sluice.GetAsync(_port, Host, order)).Pod);
        await _next.WaitForLogLineAsync(order);
    }

    [Fact]
    public async Task Api_Preflight_IsAnsweredForTheListedOrigin()
    {
        using var client = new HttpClient();
        using var preflight = Request(HttpMethod.Options, "/api");
        preflight.Headers.Add("Origin", "https://www.example.org");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");

        using var answer = await client.SendAsync(preflight, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("https://www.example.org", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("true", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Credentials")));
        Assert.Equal("600", Assert.Single(answer.Headers.GetValues("Access-Control-Max-Age")));
    }

    [Fact]
    public async Task Session_StaysWithThePodItBeganWith()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var first = Request(HttpMethod.Get, "/cart");
        using var answer = await client.SendAsync(first, TestContext.Current.CancellationToken);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
        var pod = new HttpAnswer(200, null, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Pod;

        for (var i = 0; i < 10; i++)
            Assert.Equal(pod, (await _sluice.GetAsync(_port, Host, "/cart", headers: ("Cookie", cookie))).Pod);
    }

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}{path}"));
        request.Headers.Host = Host;
        return request;
    }
}
