namespace Sluice.Proxy;

/// <summary>Every limit of the data plane, with its unit and default.</summary>
public sealed record ProxyLimits
{
    /// <summary>Bytes of a request or response head, start line included. Default 32 KiB. Exceeded: 431, or 502 for a response.</summary>
    public int HeadBytes { get; init; } = 32 * 1024;

    /// <summary>Bytes of the request line. Default 16 KiB. Exceeded: 414.</summary>
    public int RequestLineBytes { get; init; } = 16 * 1024;

    /// <summary>Field lines of one head. Default 128. Exceeded: 431, or 502 for a response.</summary>
    public int FieldCount { get; init; } = 128;

    /// <summary>Bytes of a trailer section. Default 8 KiB. Exceeded: 431 or connection close.</summary>
    public int TrailerBytes { get; init; } = 8 * 1024;

    /// <summary>How long a client connection may be idle between requests. Default 5 min.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From the first byte of a request head to its end, and from accept to the first request's end. Default 30 s. Exceeded: 408.</summary>
    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest pause of a client in taking a response. Default 60 s. Exceeded: the connection is closed.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>From the end of the request to the response's head. Default 60 s. Exceeded: 504.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest pause of a backend within a response body. Default 5 min, for event streams. Exceeded: the response is cut.</summary>
    public TimeSpan UpstreamBodyTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an upgraded connection may carry nothing in both directions. Default 1 h.</summary>
    public TimeSpan TunnelIdleTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a relayed connection (TCPRoute, TLSRoute) may carry nothing in both directions. Default 10 min. Exceeded: reset.</summary>
    public TimeSpan StreamIdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Endpoints that are tried for one relayed connection. Default 3. When none takes it, the client's connection is closed.</summary>
    public int StreamConnectAttempts { get; init; } = 3;

    /// <summary>How long a client socket of UDP keeps its backend without a datagram in either direction. Default 60 s.</summary>
    public TimeSpan UdpSessionTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Client sockets of UDP that are remembered at the same time, per worker; each has a descriptor. Default 16,384. Exceeded:
    /// the one that has been silent for the longest is forgotten.
    /// </summary>
    public int UdpSessions { get; init; } = 16_384;

    /// <summary>How long a PROXY protocol header may take from the accept on. Default 10 s. Exceeded: closed.</summary>
    public TimeSpan ProxyHeaderTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of a PROXY protocol header of version 2, records included. Default 4 KiB, from 232 to 64 KiB. Exceeded: closed.</summary>
    public int ProxyHeaderBytes { get; init; } = 4 * 1024;

    /// <summary>How long an unused upstream connection is kept. Default 60 s.</summary>
    public TimeSpan UpstreamIdleTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a client may take over any part of a request body before its rate is looked at. Default 5 s.</summary>
    public TimeSpan BodyGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a backend may work for a client that has closed its side of the connection after its request. Default 10 s.</summary>
    public TimeSpan HalfCloseTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long input is thrown away after a last answer, so that the client can read it. Default 2 s.</summary>
    public TimeSpan LingerTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Lowest rate of a request body, bytes per second, over each grace period. Default 240. Exceeded: 408 and close.</summary>
    public int MinBodyBytesPerSecond { get; init; } = 240;

    /// <summary>From accept to the end of a TLS handshake. Default 10 s. Exceeded: the connection is closed.</summary>
    public TimeSpan TlsHandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of a ClientHello with its records, from 512 to 64 KiB. Default 64 KiB. Exceeded: the connection is closed.</summary>
    public int ClientHelloBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// Messages of TLS itself (KeyUpdate, tickets, attempts to renegotiate), with the answers to them, within 10 s on one connection whose
    /// handshake is done. Default 100, from 8 on. Exceeded: the connection is closed.
    /// </summary>
    public int TlsMessages { get; init; } = 100;

    /// <summary>Client connections over all workers. Default 50,000. Exceeded: the newest is closed at once.</summary>
    public int Connections { get; init; } = 50_000;

    /// <summary>Unused upstream connections kept per worker and endpoint. Default 256.</summary>
    public int UpstreamIdleConnections { get; init; } = 256;

    /// <summary>Requests at a time on one HTTP/2 connection to a backend, unless the backend allows less. Default 100, at most 1,000.</summary>
    public int UpstreamStreams { get; init; } = 100;

    /// <summary>Bytes of a request, head included, that are kept so that it can be sent again. Default 64 KiB. Exceeded: it is not retried.</summary>
    public int ReplayBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// Octets of a body that a transformation reads or makes. Default 1 MiB. Exceeded: 413 for a request, 502 for a response. A rule's
    /// buffer takes its place for requests.
    /// </summary>
    public int TransformedBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>Octets of all bodies that are held whole at the same time, per worker. Default 256 MiB. Exceeded: 503.</summary>
    public long HeldBodyBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// Bytes of all encoders and decoders of bodies, per worker, at what each may come to. Default 512 MiB: 1,700 encoders of gzip, say, or
    /// 30 decoders of Brotli. Exceeded: responses go out as they are, requests that would be decompressed get 503.
    /// </summary>
    public long BodyCoderBytes { get; init; } = 512 * 1024 * 1024;

    /// <summary>
    /// Requests that may be on their second or later attempt at the same time, per worker and cluster, as a share of those in
    /// flight. Default 20 percent, at least <see cref="ConcurrentRetries"/>. Exceeded: not retried.
    /// </summary>
    public int RetryPercent { get; init; } = 20;

    /// <summary>Retries that are always allowed at the same time, per worker and cluster. Default 10.</summary>
    public int ConcurrentRetries { get; init; } = 10;

    /// <summary>Copies of requests in flight, per worker and mirrored cluster. Default 256. Exceeded: the request is not mirrored.</summary>
    public int Mirrors { get; init; } = 256;

    /// <summary>Bytes of a request that wait for a mirror which does not take them. Default 256 KiB. Exceeded: the copy is given up.</summary>
    public int MirrorBytes { get; init; } = 256 * 1024;

    /// <summary>Bytes of a mirror's response that are read, to keep the connection. Default 1 MiB. Exceeded: the connection is closed.</summary>
    public int MirrorResponseBytes { get; init; } = 1024 * 1024;

    /// <summary>From the end of a copied request to the end of the mirror's response. Default 60 s. Exceeded: the connection is closed.</summary>
    public TimeSpan MirrorTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Streams that a client may have open on one HTTP/2 connection (SETTINGS_MAX_CONCURRENT_STREAMS). Default 100. Exceeded:
    /// REFUSED_STREAM.
    /// </summary>
    public int Http2Streams { get; init; } = 100;

    /// <summary>
    /// Bytes that the peer may send on one HTTP/2 stream before they are asked for: what waits of a body for a slow side.
    /// Default 64 KiB, at least 65,535. Exceeded: FLOW_CONTROL_ERROR.
    /// </summary>
    public int Http2StreamWindowBytes { get; init; } = 64 * 1024;

    /// <summary>The same for all streams of a connection together. Default 1 MiB, at least 65,535.</summary>
    public int Http2ConnectionWindowBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Streams that a client may reset within 10 s on one connection, besides one for each response that it took whole. Default 100.
    /// Exceeded: GOAWAY, ENHANCE_YOUR_CALM.
    /// </summary>
    public int Http2ClientResets { get; init; } = 100;

    /// <summary>Streams that a peer may make us reset within 10 s by breaking rules. Default 100. Exceeded: GOAWAY, ENHANCE_YOUR_CALM.</summary>
    public int Http2ProvokedResets { get; init; } = 100;

    /// <summary>SETTINGS frames within 10 s on one connection. Default 100. Exceeded: GOAWAY, ENHANCE_YOUR_CALM.</summary>
    public int Http2SettingsFrames { get; init; } = 100;

    /// <summary>
    /// Frames within 10 s on one connection that do nothing by themselves, counted apart: PING, PRIORITY, WINDOW_UPDATE, empty,
    /// and unknown or late ones. Default 1000, and 10 more for each frame of a head or body, either way. Exceeded: GOAWAY,
    /// ENHANCE_YOUR_CALM.
    /// </summary>
    public int Http2ControlFrames { get; init; } = 1000;

    /// <summary>Throws when a limit is outside its range: sizes and counts from 1, times above zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the limit.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(HeadBytes, 256);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HeadBytes, 64 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(RequestLineBytes, 64);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RequestLineBytes, HeadBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(FieldCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(TrailerBytes, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TrailerBytes, 64 * 1024);
        ArgumentOutOfRangeException.ThrowIfNegative(MinBodyBytesPerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThan(Connections, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ClientHelloBytes, 512);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ClientHelloBytes, 64 * 1024);
        ArgumentOutOfRangeException.ThrowIfLessThan(TlsMessages, 8);
        ArgumentOutOfRangeException.ThrowIfNegative(UpstreamIdleConnections);
        ArgumentOutOfRangeException.ThrowIfLessThan(Http2Streams, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Http2StreamWindowBytes, 65_535);
        ArgumentOutOfRangeException.ThrowIfLessThan(Http2ConnectionWindowBytes, 65_535);
        ArgumentOutOfRangeException.ThrowIfNegative(Http2ClientResets);
        ArgumentOutOfRangeException.ThrowIfNegative(Http2ProvokedResets);
        ArgumentOutOfRangeException.ThrowIfLessThan(Http2SettingsFrames, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(Http2ControlFrames);
        ArgumentOutOfRangeException.ThrowIfLessThan(UpstreamStreams, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(UpstreamStreams, 1_000);
        ArgumentOutOfRangeException.ThrowIfNegative(ReplayBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ReplayBytes, 1024 * 1024);
        ArgumentOutOfRangeException.ThrowIfNegative(TransformedBodyBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TransformedBodyBytes, 256 * 1024 * 1024);
        ArgumentOutOfRangeException.ThrowIfNegative(HeldBodyBytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HeldBodyBytes, 1L << 40);
        ArgumentOutOfRangeException.ThrowIfNegative(BodyCoderBytes);
        ArgumentOutOfRangeException.ThrowIfNegative(RetryPercent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(RetryPercent, 100);
        ArgumentOutOfRangeException.ThrowIfNegative(ConcurrentRetries);
        ArgumentOutOfRangeException.ThrowIfNegative(Mirrors);
        ArgumentOutOfRangeException.ThrowIfLessThan(MirrorBytes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MirrorResponseBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(StreamConnectAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(UdpSessions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ProxyHeaderBytes, 232);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ProxyHeaderBytes, 64 * 1024);
        foreach (var time in (ReadOnlySpan<TimeSpan>)[IdleTimeout, HeadTimeout, BodyTimeout, BodyGrace, ResponseTimeout, UpstreamBodyTimeout, UpstreamIdleTimeout, TunnelIdleTimeout, HalfCloseTimeout, LingerTimeout, MirrorTimeout, TlsHandshakeTimeout, StreamIdleTimeout, UdpSessionTimeout, ProxyHeaderTimeout])
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
    }
}
