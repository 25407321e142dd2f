using System.Globalization;
using System.Text;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Tls;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Filters.HeaderModifiers;

/// <summary>What command operators stand for before a request goes on.</summary>
internal static class RequestValues
{
    private static readonly byte[] Host = Encoding.UTF8.GetBytes(Environment.MachineName);

    /// <summary>Writes a value; what is absent is nothing.</summary>
    /// <returns>Octets written; -1: there is no room.</returns>
    public static int Write(in HeaderStep step, RequestHead head, FilterContext context, Span<byte> target)
    {
        if (step.Operator == LogOperator.StartTime)
            return Math.Min(WriteTime(step, context, target), step.MaxLength);
        int length = 0;
        if (!TryAppend(Find(step, head, context), step.MaxLength, target, ref length))
            return -1;
        return !IsPath(step) || TryAppend(head.Query, step.MaxLength, target, ref length) ? length : -1;
    }

    /// <summary>Its query stands apart.</summary>
    private static bool IsPath(in HeaderStep step) => step.Operator == LogOperator.Request && step.Text.AsSpan().SequenceEqual(":path"u8);

    private static bool TryAppend(ReadOnlySpan<byte> value, int maxLength, Span<byte> target, ref int length)
    {
        if (value.Length > maxLength - length)
            value = value[..(maxLength - length)];
        if (!value.TryCopyTo(target[length..]))
            return false;
        length += value.Length;
        return true;
    }

    private static int WriteTime(in HeaderStep step, FilterContext context, Span<byte> target)
    {
        DateTime now = context.Clock.GetUtcNow().UtcDateTime;
        if (step.Time is { } pattern)
            return pattern.Write(now.Ticks, target);
        return now.TryFormat(target, out int length, "yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture) ? length : 0;
    }

    private static ReadOnlySpan<byte> Find(in HeaderStep step, RequestHead head, FilterContext context)
    {
        switch (step.Operator)
        {
            case LogOperator.Literal:
                return step.Text;
            case LogOperator.Request:
                ReadOnlySpan<byte> value = Field(step.Text, head, context);
                return value.Length > 0 || step.Alternative.Length == 0 ? value : Field(step.Alternative, head, context);
            case LogOperator.DownstreamRemoteAddressWithoutPort:
                return context.PeerAddress;
            case LogOperator.Hostname:
                return Host;
            case LogOperator.Protocol:
                return context.Protocol switch { HttpProtocol.Http2 => "HTTP/2"u8, HttpProtocol.Http10 => "HTTP/1.0"u8, _ => "HTTP/1.1"u8 };
            default:
                return context.Tls is { } tls ? Find(step.Operator, tls) : default;
        }
    }

    private static ReadOnlySpan<byte> Find(LogOperator known, TlsSession tls) => known switch
    {
        LogOperator.DownstreamTlsVersion => tls.Version switch
        {
            SslConstants.TLS1_3_VERSION => "TLSv1.3"u8,
            SslConstants.TLS1_2_VERSION => "TLSv1.2"u8,
            SslConstants.TLS1_1_VERSION => "TLSv1.1"u8,
            SslConstants.TLS1_VERSION => "TLSv1"u8,
            _ => default,
        },
        LogOperator.DownstreamTlsCipher => tls.CipherName,
        LogOperator.RequestedServerName => tls.ServerName,
        LogOperator.DownstreamPeerSubject => PeerSubject(tls.ClientCertificate),
        _ => default,
    };

    /// <summary>As it stands in X-Forwarded-Client-Cert, where quotation marks inside are escaped.</summary>
    private static ReadOnlySpan<byte> PeerSubject(ReadOnlySpan<byte> certificate)
    {
        int start = certificate.IndexOf(";Subject=\""u8);
        if (start < 0)
            return default;
        ReadOnlySpan<byte> subject = certificate[(start + 10)..];
        int end = 0;
        while (end < subject.Length && subject[end] != '"')
            end += subject[end] == '\\' ? 2 : 1;
        return subject[..Math.Min(end, subject.Length)];
    }

    // What an earlier filter has added, or else what the client sent.
    private static ReadOnlySpan<byte> Field(byte[] name, RequestHead head, FilterContext context)
    {
        if (name[0] == ':')
        {
            return name.AsSpan().SequenceEqual(":method"u8) ? head.Method
                : name.AsSpan().SequenceEqual(":path"u8) ? head.Path
                : name.AsSpan().SequenceEqual(":authority"u8) ? head.Authority
                : context.IsSecure ? "https"u8 : "http"u8;
        }
        if (context.RequestEdits is { } edits && edits.TryFindOwn(name, out ReadOnlySpan<byte> own))
            return own;
        int index = RequestFields.Find(head, name);
        return index < 0 ? default : head.ValueOf(head.Fields[index]);
    }
}
