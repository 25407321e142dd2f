using System.Net;
using System.Net.Sockets;

namespace Sluice.Cli.Echo;

/// <summary>
/// Speaks first ("Gateway API Test TCP Server"), then answers lines: TEST with JSON, IS_TLS with false, PING with PONG, any
/// other with itself.
/// </summary>
internal sealed class EchoTcpServer : IAsyncDisposable
{
    private const string Greeting = "Gateway API Test TCP Server";

    private readonly TcpListener _listener;
    private readonly EchoOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private EchoTcpServer(TcpListener listener, EchoOptions options)
    {
        _listener = listener;
        _options = options;
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <exception cref="SocketException">The port cannot be bound.</exception>
    public static EchoTcpServer Start(IPEndPoint endPoint, EchoOptions options)
    {
        var listener = new TcpListener(endPoint);
        listener.Start();
        return new EchoTcpServer(listener, options);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.RemoveAll(connection => connection.IsCompleted);
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException && _stop.IsCancellationRequested)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            using var reader = new StreamReader(client.GetStream());
            await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" };
            await writer.WriteLineAsync(Greeting.AsMemory(), _stop.Token);
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
                await writer.WriteAsync(Answer(line).AsMemory(), _stop.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The client is gone, or the server is stopping: the connection ends either way.
            client.Close();
        }
    }

    private string Answer(string line) => line.Trim() switch
    {
        "TEST" => System.Text.Encoding.UTF8.GetString(EchoJson.WriteLayer4("TEST", _options)),
        "IS_TLS" => "false\n",
        "PING" => "PONG\n",
        _ => line + "\n",
    };
}
