using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Exchanges;

/// <content>Session persistence: the backend and endpoint that the request's token names, and the token of the response.</content>
internal sealed partial class Exchange
{
    private SessionPolicy? _session;
    private SessionToken _token;
    private WorkerEndpoint? _preferred;

    /// <summary>The session's backend goes before the weights, also one of weight 0 (GEP-1619, "Traffic Splitting").</summary>
    private RuntimeBackend? Choose(RuntimeForward forward, RuntimeEntry entry, RequestHead head)
    {
        if (entry.Rule.Session is not { } session)
            return forward.Choose();
        _session = session;
        return session.Find(head, UnixSeconds(), out _token) ?? forward.Choose();
    }

    private void Prefer(WorkerCluster cluster)
    {
        if (_token.Endpoint != 0)
            _preferred = cluster.Find(_token.Endpoint, _session!.Key);
    }

    /// <summary>The response begins: it may have come from another endpoint than the one that was preferred.</summary>
    private void AddSession()
    {
        var session = _session!;
        if (!session.TryRenew(_token, _backend!, _endpoint!.SessionId(session.Key), UnixSeconds(), out var token))
            return;
        _ownEdits ??= _services.RentEdits();
        session.Write(token, _entry!.Path, secure: _downstream!.Tls is not null, _ownEdits);
        UseEdits(_basis);
    }

    private void EndSession()
    {
        _session = null;
        _token = default;
        _preferred = null;
    }

    private static uint UnixSeconds() => (uint)DateTimeOffset.UtcNow.ToUnixTimeSeconds();
}
