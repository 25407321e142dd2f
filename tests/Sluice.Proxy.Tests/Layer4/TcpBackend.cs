using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>A backend that does with every connection what a script says. What a script throws fails the test, except that a peer is gone.</summary>
internal sealed class TcpBackend : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly Func<Socket, Task> _script;
    private readonly ConcurrentBag<Task> _running = [];
    private readonly ConcurrentBag<Socket> _open = [];
    private readonly ConcurrentQueue<Exception> _faults = new();
    private readonly Task _accepting;
    private int _connections;

    private TcpBackend(Socket listener, Func<Socket, Task> script)
    {
        _listener = listener;
        _script = script;
        _listener.Listen(1024);
        _accepting = AcceptAsync();
    }

    public int Connections => Volatile.Read(ref _connections);

    public Endpoint Endpoint => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndPoint!).Port);

    public static TcpBackend Start(Func<Socket, Task> script, int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer > 0)
            socket.ReceiveBufferSize = receiveBuffer;
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return new TcpBackend(socket, script);
    }

    /// <summary>Sends back what it gets, and ends when its client has ended.</summary>
    public static TcpBackend Echo() => Start(async socket =>
    {
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await socket.ReceiveAsync(buffer)) > 0)
            await socket.SendAllAsync(buffer.AsMemory(0, count));
        socket.Shutdown(SocketShutdown.Send);
    });

    /// <summary>Says its name to every client, and ends.</summary>
    public static TcpBackend Named(string name) => Start(socket => socket.SendAllAsync(Wire.Bytes(name)));

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var socket in _open)
            socket.Dispose();
        await _accepting;
        await Task.WhenAll(_running).Within("the backend's scripts to end");
        if (!_faults.IsEmpty)
            throw new AggregateException(_faults);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                socket.NoDelay = true;
                Interlocked.Increment(ref _connections);
                _open.Add(socket);
                _running.Add(RunAsync(socket));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task RunAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await _script(socket);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or IOException { InnerException: SocketException })
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
