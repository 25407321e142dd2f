using Sluice.Proxy.Engine;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// Redirects of backends that are followed here (InternalRedirectPolicy). The request, which must be complete and kept, is matched anew
/// with the target that the redirect names; what cannot be followed reaches the client as it came:
///
///   - what is no absolute URL of http or https, or of the other scheme where that is not allowed,
///   - a host or port that no listener of this port has, or on a connection with TLS another one than its own,
///   - a target that no rule matches, or whose rule asks other things of requests than the one that was met: those would not be asked,
///   - the same target once more, and more redirects than the rule allows.
/// </content>
internal sealed partial class Exchange
{
    private EditedHead? _redirectHead; // the request, for as long as it may be redirected
    private PortTable? _redirectTable;
    private RuntimeEntry? _redirectEntry; // of a redirect that is about to be followed
    private int _redirects;

    private void KeepForRedirect(RequestHead head, PortTable table)
    {
        if (_redirectHead is not null || head.IsWebSocketUpgrade || _grpc != GrpcProtocol.None)
            return;
        var kept = _services.RentHead();
        if (kept.TryTake(head))
        {
            _redirectHead = kept;
            _redirectTable = table;
        }
        else
        {
            _services.Return(kept);
        }
    }

    /// <summary>Whether an answer is a redirect that is followed, which happens as soon as the backend's side has let go of it.</summary>
    private bool TryRedirect(ResponseHead response)
    {
        if (_entry!.Rule.InternalRedirect is not { } redirect || !redirect.Follows(response.StatusCode) || _redirects >= redirect.MaxRedirects)
            return false;
        if (!RequestEnded || !_keeps || FindRedirected(redirect, response) is not { } entry)
            return false;

        var upstream = _upstream!;
        _upstream = null;
        upstream.Discard();
        EndAttempt(null);
        EndRetrying();
        EndSession();
        _cluster!.ActiveRequests--;
        _cluster = null;
        _endpoint = null;
        _retry = null;
        _backend = null;
        _retries = _resends = _attempt = 0;
        _attemptTimeout = _attemptDeadline = 0;
        SetTimer();
        _isWaiting = true;
        _redirects++;
        _redirectEntry = entry;
        Worker.Post(static exchange => ((Exchange)exchange!).FollowRedirect(), this);
        return true;
    }

    /// <summary>The entry of the new target, with the head changed to it. Null when the redirect is not followed: the head is not needed any more then.</summary>
    private RuntimeEntry? FindRedirected(RuntimeInternalRedirect redirect, ResponseHead response)
    {
        if (!TryFindLocation(response, out var location) ||
            !RedirectTarget.TryParse(location, _services.Limits.RequestLineBytes, Worker.Scratch, out var target))
            return null;
        var isSecure = _downstream!.Tls is not null;
        var edited = _redirectHead!;
        var head = edited.Head;
        if ((target.IsSecure != isSecure && !redirect.AllowsCrossScheme) || !IsOurPort(target.Port, head))
            return null;
        var becomesGet = response.StatusCode == 303 && !head.IsHead && !head.Method.SequenceEqual("GET"u8);
        if (!becomesGet && head.Authority.SequenceEqual(target.Authority) && head.Path.SequenceEqual(target.Path) && head.Query.SequenceEqual(target.Query))
            return null;

        if (becomesGet)
            edited.MakeGet();
        edited.SetTarget(target.Path, target.Query);
        if (!edited.TrySetAuthority(target.Authority) || !TryCopyFields(redirect, response, edited))
            return null;
        var before = Listener;
        var entry = Find(_downstream.Tls, head, _redirectTable, out var isMisdirected);
        if (entry is not null && !isMisdirected && AsksNothingNew(entry.Rule))
            return entry;
        Listener = before;
        return null;
    }

    /// <summary>What the request was asked for once it is not asked for again; what it was not asked for would never be.</summary>
    private bool AsksNothingNew(RuntimeRule rule) =>
        rule.Source.Policies is not { } policies || ReferenceEquals(rule, _entry!.Rule) || policies == _entry.Rule.Source.Policies;

    private static bool TryFindLocation(ResponseHead response, out ReadOnlySpan<byte> location)
    {
        var count = 0;
        location = default;
        foreach (ref readonly var field in response.Fields)
        {
            if (field.NameLength != 8 || !System.Text.Ascii.EqualsIgnoreCase(response.NameOf(field), "location"u8))
                continue;
            location = response.ValueOf(field);
            count++;
        }

        return count == 1;
    }

    /// <summary>The port that clients see, or the one that this client named.</summary>
    private bool IsOurPort(int port, RequestHead head) =>
        port == 0 || port == Listener!.Source.Port || port == Listener.Source.BindPort || port == RedirectTarget.PortOf(head.Authority);

    private static bool TryCopyFields(RuntimeInternalRedirect redirect, ResponseHead response, EditedHead edited)
    {
        foreach (var name in redirect.CopiedFields)
        {
            edited.Remove(name);
            foreach (ref readonly var field in response.Fields)
            {
                if (field.NameLength == name.Length && System.Text.Ascii.EqualsIgnoreCase(response.NameOf(field), name) && !edited.TryAdd(name, response.ValueOf(field)))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Serves the request by the rule of its new target. The exchange may be over when it returns.</summary>
    private void FollowRedirect()
    {
        if (_redirectEntry is not { } entry)
            return; // it has ended meanwhile
        _redirectEntry = null;
        _isWaiting = false;
        var head = _redirectHead!.Head;
        var before = _entry!.Rule;
        _entry = entry;
        if (Listener!.Http is { } settings)
        {
            _settings = settings;
            if (settings.HasTrustedNetworks)
                _trustedHops = settings.CountTrusted(head, _downstream!.ClientAddress);
        }

        if (!ReferenceEquals(before.Cors, entry.Rule.Cors) && _ownEdits is { } own)
        {
            _ownEdits = null;
            _services.Return(own);
        }

        UseEdits(entry.Rule.ResponseEdits);
        if (!ReferenceEquals(before.Cors, entry.Rule.Cors) && entry.Rule.Cors is { } cors && ApplyCors(cors, head))
            return;
        Perform(entry.Rule.Action, entry, head, _redirectTable!);
    }

    /// <summary>As <see cref="SendFirst"/>, with the body that was kept. What is left of the time that the first rule gave is all that there is.</summary>
    private void SendRedirected(WorkerCluster cluster, RuntimePolicy? policy, in OutgoingRequest outgoing)
    {
        _cluster = cluster;
        cluster.ActiveRequests++;
        _isIdempotent = outgoing.Head.IsIdempotent;
        _framing = outgoing.Head.Framing;
        var deadline = _requestDeadline;
        if (policy is not null)
            StartClock(policy);
        if (deadline > 0 && (_requestDeadline == 0 || deadline < _requestDeadline))
        {
            _requestDeadline = deadline;
            SetTimer();
        }

        ReplaceKeptHead(cluster.Compose(Worker, outgoing));
        if (Connect(null, mayReuse: true) is { } upstream)
            SendKept(upstream);
        else if (!TryRetry(RetryReason.Connect))
            AnswerUnconnected();
    }

    private void ReplaceKeptHead(ReadOnlySpan<byte> head)
    {
        var old = _kept;
        var oldHead = _keptHead;
        _kept = default;
        KeepHead(head);
        if (_framing != BodyFraming.None)
            _kept.Append(Worker.Buffers, old.Bytes[oldHead..]);
        old.Clear(Worker.Buffers);
    }

    private void EndRedirects()
    {
        _redirects = 0;
        _redirectEntry = null;
        _redirectTable = null;
        if (_redirectHead is not { } head)
            return;
        _redirectHead = null;
        _services.Return(head);
    }
}
