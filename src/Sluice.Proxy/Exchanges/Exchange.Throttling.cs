using Sluice.Proxy.Http;

namespace Sluice.Proxy.Exchanges;

/// <content>Responses whose body is sent slower than it comes. A tunnel is not.</content>
internal sealed partial class Exchange
{
    private ResponseThrottle? _throttle;

    private void BeginThrottling(ResponseHead head)
    {
        if (_filters!.ResponseBytesPerSecond > 0 && head.StatusCode != 101 && head.Framing != BodyFraming.None)
            _throttle = new ResponseThrottle(this, _filters.ResponseBytesPerSecond);
    }

    /// <summary>The client can take some of the body that waits for its time.</summary>
    internal bool ClientTakes => _downstream is { CanTakeResponse: true };

    internal void SendThrottled(ReadOnlySpan<byte> data) => _downstream!.SendData(data);

    /// <summary>Nothing waits any more.</summary>
    internal void OnThrottleEmpty() => _upstream?.ResumeResponse();

    /// <summary>Nothing waits any more, and nothing follows.</summary>
    internal void OnThrottleEnded(FieldSection? trailers) => EndResponse(trailers);

    private void EndThrottling()
    {
        _throttle?.End();
        _throttle = null;
    }
}
