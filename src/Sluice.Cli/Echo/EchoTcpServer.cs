using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Cli.Echo;

/// <summary>
/// Speaks first ("Gateway API Test TCP Server"), then answers lines: TEST with JSON, IS_TLS with true or false, PING with PONG, any
/// other with itself.
/// </summary>
internal sealed class EchoTcpServer : IAsyncDisposable
{
    private const string Greeting = "Gateway API Test TCP Server";

    private readonly TcpListener _listener;
    private readonly EchoOptions _options;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    private EchoTcpServer(TcpListener listener, EchoOptions options, X509Certificate2? certificate)
    {
        _listener = listener;
        _options = options;
        _certificate = certificate;
        _accepting = AcceptAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    /// <param name="endPoint">Where to listen.</param>
    /// <param name="options">Who the backend is.</param>
    /// <param name="certificate">Null for no TLS.</param>
    /// <exception cref="SocketException">The port cannot be bound.</exception>
    public static EchoTcpServer Start(IPEndPoint endPoint, EchoOptions options, X509Certificate2? certificate)
    {
        var listener = new TcpListener(endPoint);
        listener.Start();
        return new EchoTcpServer(listener, options, certificate);
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
            await using var stream = await StreamAsync(client);
            var serverName = (stream as SslStream)?.TargetHostName;
            using var reader = new StreamReader(stream, leaveOpen: true);
            await using var writer = new StreamWriter(stream, leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
            await writer.WriteLineAsync(Greeting.AsMemory(), _stop.Token);
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
                await writer.WriteAsync(Answer(line, serverName).AsMemory(), _stop.Token);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or AuthenticationException)
        {
            // The client is gone, or the server is stopping: the connection ends either way.
            client.Close();
        }
    }

    private async Task<Stream> StreamAsync(TcpClient client)
    {
        if (_certificate is null)
            return client.GetStream();
        var stream = new SslStream(client.GetStream());
        await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return stream;
    }

    private string Answer(string line, string? serverName) => line.Trim() switch
    {
        "TEST" => System.Text.Encoding.UTF8.GetString(EchoJson.WriteLayer4("TEST", _options, serverName)),
        "IS_TLS" => _certificate is null ? "false\n" : "true\n",
        "PING" => "PONG\n",
        _ => line + "\n",
    };
}
