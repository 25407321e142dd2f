using Sluice.Configuration.Listeners;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;
using Sluice.Proxy.Listeners;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Exchanges;

/// <content>
/// What the settings of listeners do to a request before a route is chosen, and what they say while it is served. A port of which no
/// listener has settings costs its requests one comparison.
/// </content>
internal sealed partial class Exchange
{
    private static readonly KeyValuePair<string, string>[] NewerVersion = [new("upgrade", "HTTP/1.1")];

    private RuntimeHttpSettings? _settings; // of the listener, or while there is none those of the port
    private EditedHead? _editedHead;
    private int _trustedHops;
    private long _idleTimeout; // 0: none
    private long _idleDeadline; // when to look again
    private long _idleSince;
    private long _idleBytes;

    /// <summary>What becomes of Server of the response; null: the backend's passes.</summary>
    public ServerHeader? ServerHeader => _settings?.ServerHeader;

    /// <summary>Proxies in front whose entries of X-Forwarded-For count, for this request. Its listener is known.</summary>
    private int TrustedHops => _settings is { HasTrustedNetworks: true } ? _trustedHops : Listener!.Source.TrustedHops;

    private ReadOnlySpan<byte> ClientCertificate => _settings?.Source.ForwardClientCert switch
    {
        null => _downstream!.Tls?.ClientCertificate,
        { Mode: ForwardClientCertMode.AppendForward or ForwardClientCertMode.SanitizeSet } details => _downstream!.Tls?.ClientCertificateAs(details),
        _ => default,
    };

    /// <summary>Without a verified certificate nobody but <see cref="ForwardClientCertMode.AlwaysForwardOnly"/> believes what a client says of one.</summary>
    private ForwardClientCertMode? CertificateMode => _settings?.Source.ForwardClientCert?.Mode is not { } mode ? null
        : mode == ForwardClientCertMode.AlwaysForwardOnly || _downstream!.Tls is { ClientCertificate.Length: > 0 } ? mode : ForwardClientCertMode.Sanitize;

    /// <summary>The head may be another afterwards, with the same life. False when the request was answered: the exchange is over.</summary>
    private bool BeginSettings(ref RequestHead head, PortTable table)
    {
        var downstream = _downstream!;
        var tls = downstream.Tls;
        var common = table.HttpFor(tls);
        var isWhole = true;
        if (common is { DefaultHost.Length: > 0 } && head.AuthoritySlice.Length == 0 && downstream.Protocol == HttpProtocol.Http10)
            isWhole = TryEdit(ref head) && _editedHead!.TrySetAuthority(common.DefaultHost);
        var listener = tls is null ? table.Listeners.OwnerOf(head) : tls.ListenerIn(table);
        _settings = listener is null ? common : listener.Http;
        if (_settings is { } settings && listener is not null)
            isWhole &= TryPrepare(settings, listener, ref head);

        var status =
            !isWhole || head.FieldCount > (common?.FieldCount ?? int.MaxValue) ? 431 :
            downstream.Protocol == HttpProtocol.Http10 && common is { Source.AcceptHttp10: false } ? 426 :
            IsHealthCheck(common, head) || IsHealthCheck(_settings, head) ? _services.IsDraining ? 503 : 200 :
            head.IsWebSocketUpgrade && _settings is { Source.AllowWebSockets: false } ? 403 : 0;
        if (_settings?.LocalReplies is { } replies)
            BeginReply(replies, head);
        if (status == 0)
        {
            if (_settings is { StreamIdleTimeout: > 0 and var timeout })
            {
                BeginIdleClock(timeout);
                SetTimer();
            }

            return true;
        }

        Listener = listener;
        if (table.Telemetry?.For(Worker) is { } telemetry)
            BeginRecord(telemetry, head);
        if (_record is not null)
            _record.IsHealthCheck = status is 200 or 503;
        OnBegun(null);
        if (status == 426)
            Answer(new LocalAnswer { StatusCode = 426, ContentType = "text/plain"u8, Body = "426 Upgrade Required\n"u8, Fields = NewerVersion, Close = true }, ExchangeEnd.BadRequest);
        else
            Answer(status, status == 431 ? ExchangeEnd.BadRequest : ExchangeEnd.DirectResponse);
        return false;
    }

    /// <summary>False when the edited head has no room for a field.</summary>
    private bool TryPrepare(RuntimeHttpSettings settings, RuntimeListener listener, ref RequestHead head)
    {
        if (!settings.EarlyEdits.IsEmpty)
        {
            if ((_editedHead is null && !TryEdit(ref head)) || !_editedHead!.TryApply(settings.EarlyEdits))
                return false;
            _grpc = GrpcContentType.ProtocolOf(head);
        }

        if (settings.Source.StripHostPort != StripHostPortMode.None || settings.Source.StripTrailingHostDot)
            HostStripper.Strip(head, settings.Source.StripHostPort, settings.Source.StripTrailingHostDot, listener.Source.Port);
        if (settings.HasTrustedNetworks)
            _trustedHops = settings.CountTrusted(head, _downstream!.ClientAddress);
        if (!settings.Source.PreserveExternalRequestId && (settings.HasTrustedNetworks ? _trustedHops : listener.Source.TrustedHops) == 0)
            head.Remove(KnownField.XRequestId);
        return true;
    }

    private bool TryEdit(ref RequestHead head)
    {
        _editedHead = _services.RentHead();
        if (!_editedHead.TryTake(head))
            return false;
        head = _editedHead.Head;
        return true;
    }

    private static bool IsHealthCheck(RuntimeHttpSettings? settings, RequestHead head) =>
        settings is { HealthCheckPath.Length: > 0 } && head.Path.SequenceEqual(settings.HealthCheckPath);

    /// <param name="timeout">0 for none.</param>
    private void BeginIdleClock(long timeout)
    {
        _idleTimeout = timeout;
        _idleSince = Worker.Now;
        _idleBytes = 0;
        _idleDeadline = timeout == 0 ? 0 : _idleSince + Math.Max(1, timeout / 4);
    }

    /// <summary>Whether anything went either way is looked at four times within the timeout, so that it costs the bytes themselves nothing.</summary>
    private void CheckIdle(long now)
    {
        var bytes = _receivedBytes + _sentBytes + (_responseStarted ? 1 : 0);
        if (bytes != _idleBytes)
        {
            _idleBytes = bytes;
            _idleSince = now;
        }
        else if (now - _idleSince >= _idleTimeout)
        {
            var upstream = _upstream;
            _upstream = null;
            upstream?.Cancel();
            CountFailure(UpstreamFailure.RequestTimeout);
            if (_responseStarted)
                Abort(ExchangeEnd.Timeout);
            else
                Answer(RequestEnded ? 504 : 408, ExchangeEnd.Timeout);
            return;
        }

        _idleDeadline = now + Math.Max(1, _idleTimeout / 4);
        SetTimer();
    }

    private void EndSettings()
    {
        _settings = null;
        _idleTimeout = _idleDeadline = 0;
        _trustedHops = 0;
        if (_editedHead is { } edited)
        {
            _editedHead = null;
            _services.Return(edited);
        }
    }
}
