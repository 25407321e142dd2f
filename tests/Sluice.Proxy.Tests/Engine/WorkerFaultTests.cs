using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Engine;

/// <summary>A defect costs the connection in which it shows, and nothing else.</summary>
public sealed class WorkerFaultTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<Exception> _faults = new();
    private Worker _worker = null!;

    public ValueTask InitializeAsync()
    {
        _worker = new Worker(0, (_, exception) => _faults.Enqueue(exception));
        _worker.Start();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _worker.Stop();
        _worker.Join();
        _worker.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Reading_ThatThrows_ClosesItsConnectionOnly()
    {
        var read = new TaskCompletionSource();
        var bad = new LoopbackConnection(_worker) { Reading = () => throw new InvalidOperationException("bad") };
        var good = new LoopbackConnection(_worker) { Reading = () => read.TrySetResult() };
        using var badPeer = await OpenAsync(bad);
        using var goodPeer = await OpenAsync(good);

        await badPeer.SendAsync(new byte[1]);
        await ExpectEndAsync(badPeer);
        await goodPeer.SendAsync(new byte[1]);

        await read.Task.Within("the other connection to be read");
        Assert.Equal("bad", Assert.Single(_faults).Message);
    }

    [Fact]
    public async Task Timer_ThatThrows_ClosesItsConnectionOnly()
    {
        var fired = new TaskCompletionSource();
        var bad = new LoopbackConnection(_worker) { Firing = () => throw new InvalidOperationException("bad") };
        var good = new LoopbackConnection(_worker) { Firing = () => fired.TrySetResult() };
        using var badPeer = await OpenAsync(bad);
        using var goodPeer = await OpenAsync(good);

        await _worker.InvokeAsync(() =>
        {
            _worker.Timers.Schedule(good, _worker.Now + 20);
            _worker.Timers.Schedule(bad, _worker.Now + 20);
        });

        await ExpectEndAsync(badPeer);
        await fired.Task.Within("the other timer");
        Assert.Equal("bad", Assert.Single(_faults).Message);
    }

    [Fact]
    public async Task Abandon_ThatThrowsToo_StillClosesTheConnection()
    {
        var bad = new LoopbackConnection(_worker)
        {
            Reading = () => throw new InvalidOperationException("first"),
            Abandoning = () => throw new InvalidOperationException("second"),
        };
        using var peer = await OpenAsync(bad);

        await peer.SendAsync(new byte[1]);

        await ExpectEndAsync(peer);
        Assert.Equal(["first", "second"], _faults.Select(fault => fault.Message));
    }

    [Fact]
    public async Task Post_ThatThrows_DoesNotStopTheOnesBehindIt()
    {
        var ran = new TaskCompletionSource();
        await _worker.InvokeAsync(() =>
        {
            // From the worker itself, so that both are there when the mailbox is emptied next.
            _worker.Post(_ => throw new InvalidOperationException("bad"), null);
            _worker.Post(_ => ran.SetResult(), null);
        });

        await ran.Task.Within("the second post");
        Assert.Equal("bad", Assert.Single(_faults).Message);
    }

    private async Task<Socket> OpenAsync(LoopbackConnection connection)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var peer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await peer.ConnectAsync(listener.LocalEndPoint!);
        var accepted = await listener.AcceptAsync();
        await _worker.InvokeAsync(() => connection.Take(accepted));
        return peer;
    }

    /// <summary>Unread bytes make the end a reset.</summary>
    private static async Task ExpectEndAsync(Socket peer)
    {
        try
        {
            Assert.Equal(0, await peer.ReceiveAsync(new byte[1]).WaitAsync(Guard.Limit));
        }
        catch (SocketException error)
        {
            Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        }
    }
}
