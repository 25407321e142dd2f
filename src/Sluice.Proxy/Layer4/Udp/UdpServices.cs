using Sluice.Proxy.Engine;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Telemetry;

namespace Sluice.Proxy.Layer4.Udp;

/// <summary>
/// What the sessions of one worker share: the batches, their objects, and the order in which they were used. Replies collect
/// over a turn, from all sessions of a listener, and leave with one call. Touched by its worker only.
/// </summary>
internal sealed class UdpServices : IDisposable
{
    /// <summary>Objects kept for reuse.</summary>
    private const int KeptSessions = 1024;

    private readonly Worker _worker;
    private readonly WorkerServices _services;
    private readonly Stack<UdpSession> _free = new();
    private readonly List<UdpSession> _retired = [];
    private DatagramBatch? _requests;
    private DatagramBatch? _replies;
    private UdpListener? _repliesFrom;
    private int _replyCount;
    private UdpSession? _oldest;
    private UdpSession? _newest;
    private int _count;

    public UdpServices(Worker worker, WorkerServices services)
    {
        _worker = worker;
        _services = services;
        SessionTimeout = (long)Math.Max(1, services.Limits.UdpSessionTimeout.TotalMilliseconds);
        worker.TurnStarting += () => WorkerServices.Recycle(_retired, _free, KeptSessions);
        worker.TurnEnding += Flush;
    }

    public WorkerMetrics Metrics => _services.Metrics;

    /// <summary>Milliseconds.</summary>
    public long SessionTimeout { get; }

    public bool IsDraining => _services.IsDraining;

    /// <summary>Where clients' datagrams are received. Only for workers that serve UDP.</summary>
    public DatagramBatch Requests => _requests ??= new DatagramBatch();

    /// <summary>A session for a new client. The one that has been silent for the longest makes room if there are too many.</summary>
    public UdpSession Rent()
    {
        if (_count >= _services.Limits.UdpSessions && _oldest is { } oldest)
        {
            oldest.Counters.SessionsEvicted++;
            End(oldest);
        }

        _count++;
        var session = _free.TryPop(out var free) ? free : new UdpSession(_worker, this);
        Append(session);
        return session;
    }

    public void MarkUsed(UdpSession session)
    {
        if (session == _newest)
            return;
        Unlink(session);
        Append(session);
    }

    public void End(UdpSession session)
    {
        session.Listener.Forget(session);
        Unlink(session);
        _count--;
        session.Close();
        _retired.Add(session);
    }

    /// <summary>Receives replies of a session's endpoint for its client; how many, or minus errno.</summary>
    /// <param name="session">The session.</param>
    /// <param name="most">How many are asked for at the most.</param>
    /// <param name="isEmpty">No more are there.</param>
    public int Receive(UdpSession session, int most, out bool isEmpty)
    {
        if (_replyCount == DatagramBatch.Capacity || (_repliesFrom != session.Listener && _replyCount > 0))
            Flush();
        _repliesFrom = session.Listener;
        var replies = _replies ??= new DatagramBatch();
        most = Math.Min(most, DatagramBatch.Capacity - _replyCount);
        var count = replies.ReceiveConnected(session.Descriptor, _replyCount, most);
        isEmpty = count < most;
        for (var i = 0; i < count; i++)
        {
            replies.SetDestination(_replyCount, session.Client, session.Local);
            session.CountSent(replies.LengthOf(_replyCount++));
            session.Counters.Sent++;
        }

        return count;
    }

    /// <summary>Sends the replies that have collected.</summary>
    public void Flush()
    {
        if (_replyCount == 0)
            return;
        var count = _replyCount;
        var listener = _repliesFrom!;
        _replyCount = 0;
        _repliesFrom = null;
        for (var first = 0; first < count && listener.IsOpen;)
        {
            var sent = _replies!.Send(listener.Descriptor, first, count - first);
            if (sent > 0)
            {
                first += sent;
                continue;
            }

            switch (-sent)
            {
                case LinuxConstants.EINTR:
                    break;
                case LinuxConstants.EAGAIN or LinuxConstants.ENOBUFS or LinuxConstants.ENOMEM:
                    listener.Drop(DatagramDrop.BufferFull, count - first);
                    return;
                default:
                    // The one that could not be sent is passed over; the others have other destinations.
                    listener.Drop(-sent == LinuxConstants.EMSGSIZE ? DatagramDrop.TooLarge : DatagramDrop.ReplyFailed, 1);
                    first++;
                    break;
            }
        }
    }

    private void Append(UdpSession session)
    {
        session.Older = _newest;
        session.Newer = null;
        if (_newest is null)
            _oldest = session;
        else
            _newest.Newer = session;
        _newest = session;
    }

    private void Unlink(UdpSession session)
    {
        if (session.Older is { } older)
            older.Newer = session.Newer;
        else
            _oldest = session.Newer;
        if (session.Newer is { } newer)
            newer.Older = session.Older;
        else
            _newest = session.Older;
        session.Older = session.Newer = null;
    }

    /// <summary>When the worker has stopped.</summary>
    public void Dispose()
    {
        _requests?.Dispose();
        _replies?.Dispose();
    }
}
