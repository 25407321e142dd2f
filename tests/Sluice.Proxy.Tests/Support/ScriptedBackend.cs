using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Sluice.Configuration;

namespace Sluice.Proxy.Tests.Support;

/// <summary>
/// A backend that does on every connection what a script says, byte for byte. What the proxy sends is read strictly: a request
/// that no sender may write fails the test when the backend is disposed.
/// </summary>
internal sealed class ScriptedBackend : IAsyncDisposable
{
    public const string Ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private readonly Socket _listener;
    private readonly Func<BackendConnection, Task> _script;
    private readonly ConcurrentBag<BackendConnection> _open = [];
    private readonly ConcurrentBag<Task> _running = [];
    private readonly ConcurrentQueue<WireMessage> _requests = new();
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly Channel<WireMessage> _arrivals = Channel.CreateUnbounded<WireMessage>();
    private readonly Task _accepting;
    private volatile bool _disposed;
    private int _connections;
    private int _broken;

    private ScriptedBackend(Socket bound, Func<BackendConnection, Task> script)
    {
        _script = script;
        _listener = bound;
        _listener.Listen(1024);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public Endpoint Endpoint => new("127.0.0.1", Port);

    /// <summary>Connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Connections that the proxy ended in the middle of a message.</summary>
    public int Broken => Volatile.Read(ref _broken);

    /// <summary>Whole requests received so far, in order of arrival.</summary>
    public IReadOnlyCollection<WireMessage> Requests => _requests;

    public static ScriptedBackend Start(Func<BackendConnection, Task> script)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new ScriptedBackend(socket, script);
    }

    /// <summary>Begins to listen on a port that refused until now.</summary>
    public static ScriptedBackend Start(PortReservation port, Func<BackendConnection, Task> script) => new(port.BindAnother(), script);

    /// <summary>Answers every request with the same bytes, on connections that stay open.</summary>
    public static ScriptedBackend Answering(string response = Ok) => Start(async connection =>
    {
        while (await connection.ReadRequestAsync() is not null)
            await connection.SendAsync(response);
    });

    /// <summary>Answers every request with what a function makes of it.</summary>
    public static ScriptedBackend Answering(Func<WireMessage, string> respond) => Start(async connection =>
    {
        while (await connection.ReadRequestAsync() is { } request)
            await connection.SendAsync(respond(request));
    });

    /// <summary>An address where nothing listens: bound, so that nobody else gets it, but refusing connections.</summary>
    public static PortReservation Dead() => new();

    /// <summary>The next request that arrives whole, in order.</summary>
    public Task<WireMessage> NextRequestAsync() => _arrivals.Reader.ReadAsync().AsTask().Within("a request at the backend");

    /// <summary>Takes out what was received so far, for tests that share a backend.</summary>
    public List<WireMessage> TakeRequests()
    {
        var taken = new List<WireMessage>();
        while (_requests.TryDequeue(out var request))
            taken.Add(request);
        return taken;
    }

    /// <summary>Takes out what scripts failed with, above all requests that no sender may write.</summary>
    public List<Exception> TakeFaults()
    {
        var taken = new List<Exception>();
        while (_faults.TryDequeue(out var fault))
            taken.Add(fault);
        return taken;
    }

    public void Record(WireMessage request)
    {
        _requests.Enqueue(request);
        _arrivals.Writer.TryWrite(request);
    }

    /// <summary>Stops accepting and closes every connection; the port refuses from now on.</summary>
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
            var connection = new BackendConnection(this, socket, Interlocked.Increment(ref _connections) - 1);
            _open.Add(connection);
            _running.Add(RunAsync(connection));
        }
    }

    private async Task RunAsync(BackendConnection connection)
    {
        using (connection)
        {
            try
            {
                await _script(connection);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or WireFormatException { Truncated: true })
            {
                Interlocked.Increment(ref _broken);
            }
            catch (Exception error)
            {
                _faults.Enqueue(error);
            }
        }
    }
}
