using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Telemetry.Records;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>What the operators stand for. One per worker and Gateway: it remembers the second that it wrote last.</summary>
internal sealed class OperatorValues(string gateway)
{
    /// <summary>Bytes that a value may need that is not copied from anywhere.</summary>
    public const int ScratchSize = 256;

    // Places of what is no field of the plan.
    public const int MethodPlace = -1;
    public const int PathPlace = -2;
    public const int AuthorityPlace = -3;
    public const int SchemePlace = -4;
    public const int StatusPlace = -5;

    private static readonly byte[] Host = Encoding.UTF8.GetBytes(Environment.MachineName);
    private static readonly byte[][] CamelStatuses = [.. GrpcStatusNames.Camel.Select(Encoding.ASCII.GetBytes)];
    private static readonly byte[][] SnakeStatuses = [.. GrpcStatusNames.Snake.Select(Encoding.ASCII.GetBytes)];
    private static readonly byte[][] FlagNames = [.. Enum.GetNames<ResponseFlags>().Skip(1).Select(Encoding.ASCII.GetBytes)];

    private readonly byte[] _gateway = Encoding.UTF8.GetBytes(gateway);
    private readonly byte[] _second = new byte[20];
    private long _secondOf = -1;

    /// <summary>Whether there is a value. It lies in the record, in the scratch space, or lives as long as the configuration.</summary>
    public bool TryGet(in LogStep step, RequestRecord record, Span<byte> scratch, out ReadOnlySpan<byte> value)
    {
        switch (step.Operator)
        {
            case LogOperator.StartTime:
                value = step.Time is { } pattern ? scratch[..pattern.Write(record.StartTicks, scratch)] : Time(record.StartTicks, scratch);
                return true;
            case LogOperator.Request:
                return TryGetRequest(step.Index, record, out value) || (step.Alternative != -1 && TryGetRequest(step.Alternative, record, out value));
            case LogOperator.Response:
                return TryGetResponse(step.Index, record, scratch, out value) || (step.Alternative != -1 && TryGetResponse(step.Alternative, record, scratch, out value));
            case LogOperator.Trailer:
                return record.TryGet(record.TrailerField(step.Index), out value) || (step.Alternative >= 0 && record.TryGet(record.TrailerField(step.Alternative), out value));
            case LogOperator.Protocol:
                value = record.Protocol switch { HttpProtocol.Http11 => "HTTP/1.1"u8, HttpProtocol.Http2 => "HTTP/2"u8, HttpProtocol.Http10 => "HTTP/1.0"u8, _ => default };
                return value.Length > 0;
            case LogOperator.ResponseCode:
                return Number(record.StatusCode, scratch, out value);
            case LogOperator.ResponseCodeDetails:
                value = ResponseDetailsText.Of(record);
                return value.Length > 0;
            case LogOperator.ResponseFlags:
                value = Flags(record.Flags, scratch);
                return value.Length > 0;
            case LogOperator.Duration:
                return Milliseconds(record.Started, record.Ended, scratch, out value);
            case LogOperator.RequestDuration:
                return Milliseconds(record.Started, record.RequestEnded, scratch, out value);
            case LogOperator.ResponseDuration:
                return Milliseconds(record.Started, record.ResponseStarted, scratch, out value);
            case LogOperator.BytesReceived:
                return Number(record.BytesReceived, scratch, out value);
            case LogOperator.BytesSent:
                return Number(record.BytesSent, scratch, out value);
            default:
                return TryGetPlace(step, record, scratch, out value);
        }
    }

    /// <summary>The last of the record's time in the usual form, 2006-01-02T15:04:05.000Z.</summary>
    public ReadOnlySpan<byte> Time(long ticks, Span<byte> scratch)
    {
        var second = ticks / TimeSpan.TicksPerSecond;
        if (second != _secondOf)
        {
            _secondOf = second;
            new DateTime(second * TimeSpan.TicksPerSecond, DateTimeKind.Utc).TryFormat(_second, out _, "yyyy-MM-ddTHH:mm:ss.", System.Globalization.CultureInfo.InvariantCulture);
        }

        _second.CopyTo(scratch);
        var milliseconds = (int)(ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMillisecond);
        scratch[20] = (byte)('0' + (milliseconds / 100));
        scratch[21] = (byte)('0' + (milliseconds / 10 % 10));
        scratch[22] = (byte)('0' + (milliseconds % 10));
        scratch[23] = (byte)'Z';
        return scratch[..24];
    }

    /// <summary>Where it came from and went to.</summary>
    private bool TryGetPlace(in LogStep step, RequestRecord record, Span<byte> scratch, out ReadOnlySpan<byte> value)
    {
        switch (step.Operator)
        {
            case LogOperator.UpstreamHost:
                value = record.Endpoint is { } endpoint ? endpoint.Text : default;
                return value.Length > 0;
            case LogOperator.UpstreamCluster:
                value = record.Cluster is { } cluster ? cluster.NameBytes : default;
                return value.Length > 0;
            case LogOperator.RouteName:
                value = record.Entry is { } entry ? entry.Rule.NameBytes : default;
                return value.Length > 0;
            case LogOperator.Gateway:
                value = _gateway;
                return true;
            case LogOperator.Listener:
                value = record.Listener is { } listener ? listener.NameBytes : default;
                return value.Length > 0;
            case LogOperator.DownstreamRemoteAddressWithoutPort:
                return record.TryGet(record.ClientAddress, out value);
            case LogOperator.DownstreamRemoteAddress:
                return TryGetRemote(record, scratch, out value);
            case LogOperator.DownstreamLocalAddress:
                return record.TryGet(record.LocalAddress, out value);
            case LogOperator.Hostname:
                value = Host;
                return true;
            case LogOperator.ConnectionId:
                value = default;
                return record.ConnectionId != 0 && Number((long)record.ConnectionId, scratch, out value);
            default:
                return TryGetRest(step, record, scratch, out value);
        }
    }

    private static bool TryGetRest(in LogStep step, RequestRecord record, Span<byte> scratch, out ReadOnlySpan<byte> value)
    {
        value = default;
        switch (step.Operator)
        {
            case LogOperator.DownstreamTlsVersion:
                value = record.TlsVersion switch { SslConstants.TLS1_3_VERSION => "TLSv1.3"u8, SslConstants.TLS1_2_VERSION => "TLSv1.2"u8, SslConstants.TLS1_1_VERSION => "TLSv1.1"u8, SslConstants.TLS1_VERSION => "TLSv1"u8, _ => default };
                return value.Length > 0;
            case LogOperator.DownstreamTlsCipher:
                return record.TryGet(record.TlsCipher, out value);
            case LogOperator.DownstreamPeerSubject:
                return record.TryGet(record.PeerSubject, out value);
            case LogOperator.RequestedServerName:
                return record.TryGet(record.ServerName, out value);
            case LogOperator.GrpcStatus:
                if (record.GrpcStatus is >= 0 and <= Grpc.GrpcStatus.Last)
                    value = (step.Index > 0 ? SnakeStatuses : CamelStatuses)[record.GrpcStatus];
                return value.Length > 0;
            case LogOperator.GrpcStatusNumber:
                return record.GrpcStatus >= 0 && Number(record.GrpcStatus, scratch, out value);
            case LogOperator.UpstreamRequestAttemptCount:
                return Number(record.Attempts, scratch, out value);
            case LogOperator.UpstreamTransportFailureReason:
                value = record.Failure is { } failure && UpstreamFailures.IsConnect(failure) ? UpstreamFailures.Text(failure) : default;
                return value.Length > 0;
            case LogOperator.StreamId:
                return TryGetId(record, scratch, out value);
            case LogOperator.LocalReplyBody:
                return record.TryGet(record.LocalReplyBody, out value);
            case LogOperator.TraceId:
                if (!record.Trace.IsPresent)
                    return false;
                record.Trace.WriteTraceId(scratch);
                value = scratch[..32];
                return true;
            default:
                // VIRTUAL_CLUSTER_NAME and DYNAMIC_METADATA: there is nothing that would set them.
                return false;
        }
    }

    private static bool TryGetRequest(int place, RequestRecord record, out ReadOnlySpan<byte> value)
    {
        switch (place)
        {
            case MethodPlace:
                return record.TryGet(record.Method, out value);
            case PathPlace:
                return record.TryGet(record.Path, out value);
            case AuthorityPlace:
                return record.TryGet(record.Authority, out value);
            case SchemePlace:
                value = record.IsRelay ? default : record.IsSecure ? "https"u8 : "http"u8;
                return value.Length > 0;
            default:
                return record.TryGet(record.RequestField(place), out value);
        }
    }

    private static bool TryGetResponse(int place, RequestRecord record, Span<byte> scratch, out ReadOnlySpan<byte> value) =>
        place == StatusPlace ? Number(record.StatusCode, scratch, out value) : record.TryGet(record.ResponseField(place), out value);

    private static bool TryGetRemote(RequestRecord record, Span<byte> scratch, out ReadOnlySpan<byte> value)
    {
        if (!record.TryGet(record.ClientAddress, out value))
            return false;
        value = scratch[..WriteEndPoint(value, record.ClientPort, scratch)];
        return true;
    }

    /// <summary>An address as text with a port; brackets around IPv6.</summary>
    public static int WriteEndPoint(ReadOnlySpan<byte> address, int port, Span<byte> target)
    {
        var at = 0;
        var isV6 = address.Contains((byte)':');
        if (isV6)
            target[at++] = (byte)'[';
        address.CopyTo(target[at..]);
        at += address.Length;
        if (isV6)
            target[at++] = (byte)']';
        target[at++] = (byte)':';
        Utf8Formatter.TryFormat(port, target[at..], out var written);
        return at + written;
    }

    /// <summary>X-Request-Id as the backend gets it.</summary>
    private static bool TryGetId(RequestRecord record, Span<byte> scratch, out ReadOnlySpan<byte> value)
    {
        if (record.TryGet(record.RequestIdField, out value))
            return true;
        if (record.RequestId == default)
            return false;
        record.RequestId.Write(scratch);
        value = scratch[..RequestId.Length];
        return true;
    }

    private static ReadOnlySpan<byte> Flags(ResponseFlags flags, Span<byte> scratch)
    {
        var at = 0;
        for (var rest = (uint)flags; rest != 0; rest &= rest - 1)
        {
            if (at > 0)
                scratch[at++] = (byte)',';
            var name = FlagNames[System.Numerics.BitOperations.TrailingZeroCount(rest)];
            name.CopyTo(scratch[at..]);
            at += name.Length;
        }

        return scratch[..at];
    }

    private static bool Milliseconds(long from, long to, Span<byte> scratch, out ReadOnlySpan<byte> value)
    {
        value = default;
        return to != 0 && Number((to - from) / (Stopwatch.Frequency / 1000), scratch, out value);
    }

    private static bool Number(long number, Span<byte> scratch, out ReadOnlySpan<byte> value)
    {
        Utf8Formatter.TryFormat(number, scratch, out var written);
        value = scratch[..written];
        return true;
    }
}
