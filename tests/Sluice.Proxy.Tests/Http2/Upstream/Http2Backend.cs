using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Upstream;

/// <summary>A backend that speaks HTTP/2 with prior knowledge, frame by frame, as a script says.</summary>
internal sealed class Http2Backend : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<Http2BackendConnection, Task> _script;
    private readonly ConcurrentBag<Http2BackendConnection> _open = [];
    private readonly ConcurrentBag<Task> _running = [];
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly Task _accepting;
    private volatile bool _disposed;
    private int _connections;

    private Http2Backend(Func<Http2BackendConnection, Task> script)
    {
        _script = script;
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1024);
        _accepting = AcceptAsync();
    }

    public Endpoint Endpoint => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndPoint!).Port);

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Whole requests received so far.</summary>
    public ConcurrentQueue<Http2Request> Requests { get; } = new();

    /// <summary>The script runs on every connection, once the handshake is done.</summary>
    public static Http2Backend Start(Func<Http2BackendConnection, Task> script) => new(async connection =>
    {
        await connection.HandshakeAsync();
        await script(connection);
    });

    /// <summary>The script runs on every connection from its first byte on.</summary>
    public static Http2Backend StartRaw(Func<Http2BackendConnection, Task> script) => new(script);

    /// <summary>Answers every request in turn with "ok", on connections that stay open.</summary>
    public static Http2Backend Answering() => Answering((connection, request) => connection.AnswerAsync(request.StreamId, "ok"));

    public static Http2Backend Answering(Func<Http2BackendConnection, Http2Request, Task> answer) => Start(async connection =>
    {
        while (await connection.ReadRequestAsync() is { } request)
            await answer(connection, request);
    });

    public void Stop()
    {
        _disposed = true;
        _listener.Close();
        foreach (var connection in _open)
            connection.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        Stop();
        await _accepting;
        await Task.WhenAll(_running).Within("the backend's scripts to end");
        if (!_faults.IsEmpty)
            throw new AggregateException(_faults);
    }

    private async Task AcceptAsync()
    {
        while (!_disposed)
        {
            Socket socket;
            try
            {
                socket = await _listener.AcceptAsync();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException && _disposed)
            {
                return;
            }

            socket.NoDelay = true;
            var connection = new Http2BackendConnection(this, socket, Interlocked.Increment(ref _connections) - 1);
            _open.Add(connection);
            _running.Add(RunAsync(connection));
        }
    }

    private async Task RunAsync(Http2BackendConnection connection)
    {
        using (connection)
        {
            try
            {
                await _script(connection);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or EndOfStreamException or IOException)
            {
                // The proxy, or the test, has ended the connection.
            }
            catch (Exception error)
            {
                _faults.Enqueue(error);
            }
        }
    }
}
