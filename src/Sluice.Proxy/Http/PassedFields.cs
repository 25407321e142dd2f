using System.Text;
using Sluice.Configuration.Listeners;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Telemetry.Tracing;

namespace Sluice.Proxy.Http;

/// <summary>
/// The fields of a request that are passed on to a backend, one after the other: not those of one hop (RFC 9110 7.6.1), not
/// those that the proxy writes itself, not those that the rule's edits take out. After the last, what was found on the way.
/// </summary>
/// <param name="head">Whose.</param>
/// <param name="edits">The rule's.</param>
/// <param name="isTrusted">What proxies in front have written is believed.</param>
/// <param name="isTraced">The trace context is written anew.</param>
/// <param name="keepsTraceState">But for its tracestate.</param>
/// <param name="keepsFor">X-Forwarded-For passes as it came.</param>
/// <param name="certificates">What becomes of X-Forwarded-Client-Cert; null: it passes when it is believed.</param>
internal ref struct PassedFields(
    RequestHead head, HeaderEdits edits, bool isTrusted, bool isTraced, bool keepsTraceState, bool keepsFor = false, ForwardClientCertMode? certificates = null)
{
    private readonly ReadOnlySpan<Field> _fields = head.Fields;
    private int _next;

    /// <summary>Trusted proxies have written X-Forwarded-For, which is to be continued.</summary>
    public bool HasFor { get; private set; }

    public bool HasProto { get; private set; }

    public bool HasHost { get; private set; }

    public bool HasRequestId { get; private set; }

    /// <summary>TE: trailers was given.</summary>
    public bool TakesTrailers { get; private set; }

    /// <summary>The next field; false after the last.</summary>
    public bool TryNext(out Field field)
    {
        while (_next < _fields.Length)
        {
            field = _fields[_next++];
            var name = head.NameOf(field);
            if (head.Nominated.Count > 0 && field.Known != KnownField.TE && head.Nominated.Contains(head, name))
                continue;
            if (isTraced && field.Known == KnownField.Other && TraceFields.IsReplaced(name, keepsTraceState))
                continue;
            if (IsPassed(field) && (edits.IsEmpty || !edits.Removes(name)))
                return true;
        }

        field = default;
        return false;
    }

    private bool IsPassed(in Field field)
    {
        switch (field.Known)
        {
            case KnownField.Other:
                return true;
            case KnownField.XForwardedFor when keepsFor:
                return true;
            case KnownField.XForwardedFor:
                HasFor = isTrusted;
                return false;
            case KnownField.XForwardedProto when isTrusted:
                HasProto = true;
                return true;
            case KnownField.XForwardedHost when isTrusted:
                HasHost = true;
                return true;
            case KnownField.XForwardedClientCert when certificates is { } mode:
                return mode is ForwardClientCertMode.ForwardOnly or ForwardClientCertMode.AlwaysForwardOnly;
            case KnownField.Forwarded or KnownField.XForwardedClientCert when isTrusted:
                return true;
            case KnownField.XRequestId when field.ValueLength > 0:
                HasRequestId = true;
                return true;
            case KnownField.TE:
                TakesTrailers |= Ascii.EqualsIgnoreCase(head.ValueOf(field), "trailers"u8);
                return false;
            default:
                return false;
        }
    }
}
