using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;

namespace Sluice.Cli.Tests.Faults;

/// <summary>Clients that ask again and again until they are stopped, and note every answer that is none.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const string Call = "/gateway_api_conformance.echo_basic.grpcecho.GrpcEcho/Echo";

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, int> _answered = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly Uri _address;
    private readonly Task _running;

    public Load(Uri address)
    {
        _address = address;
        _running = Task.WhenAll(
            RunAsync("h1", HttpAsync(HttpVersion.Version11)),
            RunAsync("h1", HttpAsync(HttpVersion.Version11)),
            RunAsync("h2", HttpAsync(HttpVersion.Version20)),
            RunAsync("grpc", GrpcAsync()),
            RunAsync("websocket", WebSocketAsync));
    }

    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Waits until each of the clients has had so many answers more.</summary>
    public async Task AdvanceAsync(int count)
    {
        string[] kinds = ["h1", "h2", "grpc", "websocket"];
        var wanted = kinds.ToDictionary(kind => kind, kind => _answered.GetValueOrDefault(kind) + count);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Support.SluiceProcess.Patience);
        while (wanted.Any(kind => _answered.GetValueOrDefault(kind.Key) < kind.Value))
        {
            Assert.True(_failures.IsEmpty, string.Join('\n', _failures));
            await Task.Delay(10, patience.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(string kind, Func<Task> once)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await once();
                _answered.AddOrUpdate(kind, 1, (_, count) => count + 1);
            }
            catch (Exception error)
            {
                _failures.Enqueue($"{DateTime.UtcNow:HH:mm:ss.fff} {kind}: {error}");
                return;
            }
        }
    }

    private Func<Task> HttpAsync(System.Version version)
    {
        var client = new HttpClient();
        return async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _address) { Version = version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            request.Headers.Host = "web.example";
            using var answer = await client.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("pod", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        };
    }

    private Func<Task> GrpcAsync()
    {
        var client = new HttpClient();
        return async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_address, Call)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(new byte[5]) };
            request.Headers.Host = "calls.example";
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
            using var answer = await client.SendAsync(request);
            await answer.Content.ReadAsByteArrayAsync();
            Assert.Equal("0", Assert.Single(answer.TrailingHeaders.GetValues("grpc-status")));
        };
    }

    /// <summary>A session of several messages, each of which comes back.</summary>
    private async Task WebSocketAsync()
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "web.example");
        await socket.ConnectAsync(new Uri($"ws://{_address.Authority}/ws"), CancellationToken.None);
        var buffer = new byte[256];
        for (var i = 0; i < 20; i++)
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes($"message {i}"), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            Assert.Equal($"message {i}", Encoding.ASCII.GetString(buffer, 0, received.Count));
            await Task.Delay(5);
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
}
