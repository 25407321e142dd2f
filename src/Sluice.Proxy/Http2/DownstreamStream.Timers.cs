using Sluice.Proxy.Http;
using Sluice.Proxy.Local;

namespace Sluice.Proxy.Http2;

/// <content>Progress, looked at by the connection's timer every few seconds while a body is on its way.</content>
internal sealed partial class DownstreamStream
{
    private bool _streams; // Messages may come whenever they like: a tunnel, or gRPC.
    private long _received;
    private long _receivedAtCheck;
    private long _writtenAtCheck;
    private long _checkedAt;

    /// <summary>Whether the timer has to look at the stream.</summary>
    public bool NeedsCheck => HasPending || !ReceiveEnded;

    /// <summary>Ends the stream when the client makes too little progress.</summary>
    public void Check(long now)
    {
        if (HasPending)
        {
            if (BytesWritten != _writtenAtCheck)
                Mark();
            else if (now - _checkedAt >= _services.BodyTimeout)
                _connection.ResetStream(this, Http2Fault.SlowReader);
        }
        else if (ReceiveEnded || _sink is LocalCall { IsStream: true })
        {
            Mark();
        }
        else if (_streams || _responseStarted)
        {
            if (BytesWritten != _writtenAtCheck || _received != _receivedAtCheck)
                Mark();
            else if (now - _checkedAt >= _services.TunnelIdleTimeout)
                _connection.ResetStream(this, Http2Fault.IdleStream);
        }
        else if (_held.Length > 0 || _sink is not { CanTakeRequest: true })
        {
            Mark();
        }
        else
        {
            CheckRate(now - _checkedAt);
        }
    }

    private void CheckRate(long milliseconds)
    {
        if (milliseconds < _services.BodyGrace)
            return;
        if ((_received - _receivedAtCheck) * 1000 >= _services.Limits.MinBodyBytesPerSecond * milliseconds)
        {
            Mark();
            return;
        }

        _services.Metrics.CountStreamFault(Http2Fault.SlowRequest);
        Refuse(HttpError.BodyTimeout);
    }

    private void Mark()
    {
        _checkedAt = _connection.Worker.Now;
        _receivedAtCheck = _received;
        _writtenAtCheck = BytesWritten;
    }
}
