using Sluice.Configuration;

namespace Sluice.Proxy.Telemetry;

/// <summary>A listener with the sum of what its workers have counted.</summary>
internal sealed record CountedListener(string Gateway, string Listener, ListenerProtocol Protocol, ListenerCounters Counters)
{
    /// <summary>Requests come to it.</summary>
    public bool IsHttp => Protocol is ListenerProtocol.Http or ListenerProtocol.Https || Counters.Requests.Begun > 0;
}
