using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Echo;

public sealed class EchoHttpTests : IAsyncLifetime
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private EchoBackend _echo = null!;

    public async ValueTask InitializeAsync() =>
        _echo = await EchoBackend.StartAsync("pod-1", "--namespace", "demo", "--service", "shop", "--ingress", "front", "--redirect", "/=/login");

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _echo.DisposeAsync();
    }

    [Fact]
    public async Task Echo_PlainRequest_AnswersWithWhatItReceived()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_echo.Uri, "/a%2Fb?x=1&y=%20"));
        request.Headers.Host = "shop.example:8080";
        request.Headers.Add("x-color", ["red", "blue"]);
        request.Content = new StringContent("body");

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        using var json = await ReadAsync(response);

        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        var root = json.RootElement;
        Assert.Equal("/a%2Fb?x=1&y=%20", root.GetProperty("path").GetString());
        Assert.Equal("shop.example:8080", root.GetProperty("host").GetString());
        Assert.Equal("POST", root.GetProperty("method").GetString());
        Assert.Equal("HTTP/1.1", root.GetProperty("proto").GetString());
        Assert.Equal("demo", root.GetProperty("namespace").GetString());
        Assert.Equal("shop", root.GetProperty("service").GetString());
        Assert.Equal("front", root.GetProperty("ingress").GetString());
        Assert.Equal("pod-1", root.GetProperty("pod").GetString());
        Assert.Equal(_echo.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), root.GetProperty("httpPort").GetString());
        Assert.Contains("red", root.GetProperty("headers").GetProperty("X-Color")[0].GetString());
        Assert.False(root.GetProperty("headers").TryGetProperty("Host", out _));
    }

    [Fact]
    public async Task Echo_SetHeaderField_SetsResponseFields()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _echo.Uri + "x");
        request.Headers.Add("X-Echo-Set-Header", "A:b,C-d:e f");

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("b", Assert.Single(response.Headers.GetValues("A")));
        Assert.Equal("e f", Assert.Single(response.Headers.GetValues("C-d")));
    }

    [Fact]
    public async Task Echo_StatusPath_AnswersWithThatStatus() =>
        Assert.Equal(418, (int)await StatusAsync("/status/418"));

    [Fact]
    public async Task Echo_RedirectOption_AnswersWith302()
    {
        using var response = await _client.GetAsync(_echo.Uri, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("/login", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Echo_RetryPath_FailsTheFirstRequestsOfEachUuid()
    {
        Assert.Equal(503, (int)await StatusAsync("/retry/a?uuid=1&succeedAfter=2&responseCode=503"));
        Assert.Equal(503, (int)await StatusAsync("/retry/a?uuid=1&succeedAfter=2&responseCode=503"));
        Assert.Equal(200, (int)await StatusAsync("/retry/a?uuid=1&succeedAfter=2&responseCode=503"));
        Assert.Equal(200, (int)await StatusAsync("/retry/a?uuid=2&succeedAfter=0&responseCode=503"));
    }

    [Fact]
    public async Task Echo_RetryPathWithoutResponseCode_ResetsTheConnection() =>
        await Assert.ThrowsAsync<HttpRequestException>(() => StatusAsync("/retry/a?uuid=3&succeedAfter=1"));

    [Fact]
    public async Task Echo_Http2WithPriorKnowledge_IsServedOnTheSamePort()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_echo.Uri, "/two"))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        using var json = await ReadAsync(response);

        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal("HTTP/2.0", json.RootElement.GetProperty("proto").GetString());
    }

    [Fact]
    public async Task Echo_WebSocket_SendsFramesBack()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_echo.Port}/ws"), TestContext.Current.CancellationToken);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);

        Assert.Equal("hello"u8, buffer.AsSpan(0, received.Count));
        Assert.Equal(WebSocketMessageType.Text, received.MessageType);
    }

    [Fact]
    public async Task Echo_Request_IsLoggedInOneLine()
    {
        await StatusAsync("/logged?a=1");

        Assert.NotNull(await _echo.WaitForLogLineAsync("Echoing back request made to /logged?a=1 to client (127.0.0.1:"));
    }

    private async Task<HttpStatusCode> StatusAsync(string target)
    {
        using var response = await _client.GetAsync(new Uri(_echo.Uri, target), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task<JsonDocument> ReadAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
