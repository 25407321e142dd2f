using System.Net;
using System.Text;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Http2.Upstream;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Tls.Client;

namespace Sluice.Proxy.Upstreams;

/// <summary>One endpoint on one worker: its address, its unused connections (last in, first out), its load.</summary>
internal sealed class WorkerEndpoint(IPEndPoint address)
{
    private readonly List<UpstreamHttp2Connection> _multiplexed = [];
    private UpstreamConnection? _idle;
    private ClientSessions? _sessions;
    private ulong _sessionId;
    private byte[]? _text;
    private byte[]? _hostText;

    /// <summary>Ready for connect.</summary>
    public NativeAddress SocketAddress = new(address.Address, address.Port);

    public IPEndPoint Address { get; } = address;

    /// <summary>Address and port for logs; made when they are first asked for.</summary>
    public byte[] Text => _text ??= Encoding.ASCII.GetBytes(Address.ToString());

    /// <summary>The address alone.</summary>
    public byte[] HostText => _hostText ??= Encoding.ASCII.GetBytes(Address.Address.ToString());

    /// <summary>What stands for the endpoint in tokens of sessions; worked out when it is first asked for.</summary>
    public ulong SessionId(SessionKey key) => _sessionId != 0 ? _sessionId : _sessionId = key.Endpoint(Address);

    /// <summary>TLS sessions with it that may be resumed.</summary>
    public ClientSessions Sessions => _sessions ??= new ClientSessions();

    /// <summary>Requests in flight on this worker.</summary>
    public int ActiveRequests { get; set; }

    /// <summary>No longer configured; what is in flight may end.</summary>
    public bool IsRemoved { get; private set; }

    public int IdleCount { get; private set; }

    public UpstreamConnection? TakeIdle()
    {
        if (_idle is not { } connection)
            return null;
        Unlink(connection);
        return connection;
    }

    /// <summary>False when the endpoint is gone or has enough: the connection is then closed by the caller.</summary>
    public bool TryKeep(UpstreamConnection connection, int limit)
    {
        if (IsRemoved || IdleCount >= limit)
            return false;
        connection.NextIdle = _idle;
        connection.PreviousIdle = null;
        if (_idle is not null)
            _idle.PreviousIdle = connection;
        _idle = connection;
        IdleCount++;
        return true;
    }

    /// <summary>Takes a connection out that ended by itself.</summary>
    public void Unlink(UpstreamConnection connection)
    {
        if (connection.PreviousIdle is { } previous)
            previous.NextIdle = connection.NextIdle;
        else
            _idle = connection.NextIdle;
        if (connection.NextIdle is { } next)
            next.PreviousIdle = connection.PreviousIdle;
        connection.NextIdle = connection.PreviousIdle = null;
        IdleCount--;
    }

    /// <summary>A connection that takes another request beside those that it carries; null when a new one is needed.</summary>
    public UpstreamHttp2Connection? FindMultiplexed()
    {
        // The oldest first: what comes together leaves together, and connections that are not needed any more fall idle.
        foreach (var connection in _multiplexed)
        {
            if (connection.CanOpenStream)
                return connection;
        }

        return null;
    }

    /// <summary>Connections that take requests, used and unused.</summary>
    public int MultiplexedCount => _multiplexed.Count;

    public void Add(UpstreamHttp2Connection connection) => _multiplexed.Add(connection);

    /// <summary>The connection takes no more requests.</summary>
    public void Remove(UpstreamHttp2Connection connection) => _multiplexed.Remove(connection);

    /// <summary>The endpoint is no longer configured: unused connections are closed, used ones when they are done.</summary>
    public void Remove()
    {
        IsRemoved = true;
        while (_idle is { } connection)
        {
            Unlink(connection);
            connection.CloseIdle();
        }

        while (_multiplexed.Count > 0)
            _multiplexed[^1].Drain();
    }
}
