using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http2;
using Sluice.Proxy.Layer4.ProxyProtocol;
using Sluice.Proxy.Tls;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Telemetry;

/// <summary>Counters of one worker: written by it without synchronisation, read by whoever sums them up.</summary>
internal sealed class WorkerMetrics
{
    private readonly long[] _refused = new long[Enum.GetValues<HttpError>().Length];
    private readonly long[] _badResponses = new long[Enum.GetValues<HttpError>().Length];
    private readonly long[] _failures = new long[Enum.GetValues<UpstreamFailure>().Length];

    private readonly long[] _retries = new long[Enum.GetValues<RetryReason>().Length];
    private readonly long[] _retriesRefused = new long[Enum.GetValues<RetryRefusal>().Length];
    private readonly long[] _mirrorDrops = new long[Enum.GetValues<MirrorDrop>().Length];

    private readonly long[] _proxyHeaders = new long[Enum.GetValues<ProxyHeaderStatus>().Length];

    private readonly long[] _connectionFaults = new long[Enum.GetValues<Http2Fault>().Length];
    private readonly long[] _streamFaults = new long[Enum.GetValues<Http2Fault>().Length];

    private readonly long[] _handshakes = new long[2 * TlsVersions.Length];
    private readonly long[] _handshakeFailures = new long[Enum.GetValues<TlsFailure>().Length];

    public long ExpiredCertificates;
    public long TlsFloods;
    public long DownstreamAccepted;
    public long Http1Requests;
    public long Http2Connections;
    public long Http2Requests;
    public long Http2ClientResets;
    public long DownstreamClosed;
    public long ConnectionsOverLimit;
    public long DescriptorsExhausted;
    public long ClientAborts;
    public long UpstreamConnects;
    public long UpstreamClosed;
    public long ExplanationsGiven;
    public long ExplanationsRefused;
    public long UpstreamReplays;
    public long Mirrors;
    public long Faults;

    /// <summary>What filters of policies refused.</summary>
    public FilterCounters Filters { get; } = new();

    /// <summary>Requests for a host of no listener.</summary>
    public ListenerCounters Unmatched { get; } = new();

    public ReadOnlySpan<long> Refused => _refused;

    public ReadOnlySpan<long> BadResponses => _badResponses;

    public ReadOnlySpan<long> Failures => _failures;

    public ReadOnlySpan<long> Retries => _retries;

    public ReadOnlySpan<long> RetriesRefused => _retriesRefused;

    public ReadOnlySpan<long> MirrorDrops => _mirrorDrops;

    public ReadOnlySpan<long> ConnectionFaults => _connectionFaults;

    public ReadOnlySpan<long> StreamFaults => _streamFaults;

    /// <summary>By <see cref="ProxyHeaderStatus"/>.</summary>
    public ReadOnlySpan<long> ProxyHeaders => _proxyHeaders;

    /// <summary>A connection is closed because of its PROXY protocol header.</summary>
    public void CountProxyHeader(ProxyHeaderStatus status) => _proxyHeaders[(int)status]++;

    /// <summary>Labels of versions, lowest first.</summary>
    public static readonly string[] TlsVersions = ["1.0", "1.1", "1.2", "1.3"];

    /// <summary>By version, and within a version full ones before resumed ones.</summary>
    public ReadOnlySpan<long> Handshakes => _handshakes;

    public ReadOnlySpan<long> HandshakeFailures => _handshakeFailures;

    /// <summary>A client's handshake is done.</summary>
    public void CountHandshake(TlsSession tls)
    {
        _handshakes[(2 * Math.Clamp(tls.Version - SslConstants.TLS1_VERSION, 0, TlsVersions.Length - 1)) + (tls.IsResumed ? 1 : 0)]++;
        if (tls.Certificate!.Facts.IsExpired(DateTimeOffset.UtcNow))
            ExpiredCertificates++;
    }

    /// <summary>A client's connection to a port for TLS came to nothing.</summary>
    public void CountHandshakeFailure(TlsFailure failure) => _handshakeFailures[(int)failure]++;

    /// <summary>An HTTP/2 connection is ended because of what its peer did.</summary>
    public void CountConnectionFault(Http2Fault fault) => _connectionFaults[(int)fault]++;

    /// <summary>A stream is reset by us.</summary>
    public void CountStreamFault(Http2Fault fault) => _streamFaults[(int)fault]++;

    public void CountRefused(HttpError error) => _refused[(int)error]++;

    public void CountBadResponse(HttpError error) => _badResponses[(int)error]++;

    public void CountFailure(UpstreamFailure failure) => _failures[(int)failure]++;

    public void CountRetry(RetryReason reason) => _retries[(int)reason]++;

    public void CountRetryRefused(RetryRefusal refusal) => _retriesRefused[(int)refusal]++;

    public void CountMirrorDrop(MirrorDrop drop) => _mirrorDrops[(int)drop]++;
}
