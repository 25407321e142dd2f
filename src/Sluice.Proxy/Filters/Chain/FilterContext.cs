using System.Runtime.CompilerServices;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Filters.Faults;
using Sluice.Proxy.Filters.Jwt;
using Sluice.Proxy.Http;
using Sluice.Proxy.Tls;

namespace Sluice.Proxy.Filters.Chain;

/// <summary>
/// One request on its way through a <see cref="FilterChain"/>: what is known of it beside its head, and what its filters said.
/// Belongs to one worker; reused.
/// </summary>
/// <param name="random">The worker's.</param>
/// <param name="clock">What time it is.</param>
/// <param name="rentEdits">Where edits come from that only this request has.</param>
internal sealed class FilterContext(FastRandom random, TimeProvider clock, Func<ExchangeEdits> rentEdits)
{
    private AddressText _address;
    private int _addressLength;
    private long _unixSeconds;
    private CancellationTokenSource? _cancellation;
    private Action? _onEnd;

    public FastRandom Random { get; } = random;

    public TimeProvider Clock { get; } = clock;

    /// <summary>Milliseconds on the worker's clock, which never goes back.</summary>
    public long Now { get; private set; }

    /// <summary>TLS of the client's connection, with what its certificate says; null in cleartext.</summary>
    public TlsSession? Tls { get; private set; }

    /// <summary>The client's connection has TLS.</summary>
    public bool IsSecure { get; private set; }

    /// <summary>Proxies in front that are trusted (<see cref="Configuration.Listener.TrustedHops"/>).</summary>
    public int TrustedHops { get; private set; }

    /// <summary>Port of the peer; 0: not known.</summary>
    public int PeerPort { get; set; }

    /// <summary>The client speaks HTTP/2.</summary>
    public bool IsHttp2 { get; set; }

    /// <summary>Number of the client's connection; 0: not known.</summary>
    public ulong ConnectionId { get; set; }

    /// <summary>Port that clients know the listener by; 0: not known.</summary>
    public int LocalPort { get; set; }

    /// <summary>Address of the peer as text, without port.</summary>
    public ReadOnlySpan<byte> PeerAddress => ((ReadOnlySpan<byte>)_address)[.._addressLength];

    /// <summary>Seconds since 1970.</summary>
    public long UnixSeconds => _unixSeconds != 0 ? _unixSeconds : _unixSeconds = Clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Which filter of the chain has the next turn.</summary>
    public int Position { get; set; }

    /// <summary>With <see cref="FilterVerdict.Deny"/>.</summary>
    public FilterDenial? Denial { get; private set; }

    /// <summary>With <see cref="FilterVerdict.Pending"/>. Completes on any thread, and never fails.</summary>
    public Task<FilterVerdict>? Pending { get; private set; }

    /// <summary>Why the request would have been refused, had the filter not been told to note it only; null: it would not.</summary>
    public string? Shadowed { get; private set; }

    /// <summary>Fields that the backend gets for this request alone; null: none.</summary>
    public ExchangeEdits? RequestEdits { get; private set; }

    /// <summary>Fields that the response gets for this request alone; null: none. Those that are there already may be handed over before the chain runs.</summary>
    public ExchangeEdits? ResponseEdits { get; set; }

    /// <summary>Octets that the request's body may have before it is answered with 413; -1: no limit of the rule's.</summary>
    public long MaxRequestBytes { get; set; }

    /// <summary>Octets of the response's body for each second; 0: no limit.</summary>
    public int ResponseBytesPerSecond { get; set; }

    /// <summary>The token that was accepted; null: none.</summary>
    public VerifiedToken? Token { get; set; }

    /// <summary>Who the client is by its password or API key; null: not known.</summary>
    public string? User { get; set; }

    /// <summary>Where the request is counted as suffering a fault; null: nowhere.</summary>
    public ActiveFaults? Faults { get; set; }

    public bool IsCancelled { get; private set; }

    /// <summary>For what a filter waits for. Cancelled when the client has gone.</summary>
    public CancellationToken Cancellation
    {
        get
        {
            _cancellation ??= new CancellationTokenSource();
            if (IsCancelled)
                _cancellation.Cancel();
            return _cancellation.Token;
        }
    }

    public void Begin(ReadOnlySpan<byte> peerAddress, TlsSession? tls, int trustedHops, long now)
    {
        _addressLength = Math.Min(peerAddress.Length, AddressText.Length);
        peerAddress[.._addressLength].CopyTo(_address);
        Tls = tls;
        IsSecure = tls is not null;
        TrustedHops = trustedHops;
        Now = now;
        MaxRequestBytes = -1;
    }

    /// <summary>For a connection whose TLS ended in front, or that only acts as if it had any.</summary>
    public void MarkSecure() => IsSecure = true;

    /// <summary>The client's address, behind the proxies that are trusted; false when it is none that can be read.</summary>
    public bool TryGetClient(RequestHead head, out UInt128 address) => ClientIp.TryFind(head, PeerAddress, TrustedHops, out address);

    public FilterVerdict Deny(FilterDenial denial)
    {
        Denial = denial;
        denial.AddFields(this);
        return FilterVerdict.Deny;
    }

    public FilterVerdict Wait(Task<FilterVerdict> verdict)
    {
        Pending = verdict;
        return FilterVerdict.Pending;
    }

    /// <summary>Takes over what a filter waited for.</summary>
    public Task<FilterVerdict> TakePending()
    {
        Task<FilterVerdict> pending = Pending ?? throw new InvalidOperationException("No filter waits.");
        Pending = null;
        return pending;
    }

    public void Shadow(string reason) => Shadowed = reason;

    /// <summary>Adds a field to the backend's request. The value must be one.</summary>
    public void AddRequestField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => (RequestEdits ??= rentEdits()).Add(name, value);

    /// <summary>Adds a field to the response. The value must be one.</summary>
    public void AddResponseField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => (ResponseEdits ??= rentEdits()).Add(name, value);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Draw(int percent) => percent >= 100 || (percent > 0 && Random.Next(100) < percent);

    /// <summary>Called when the exchange is over, however it ends.</summary>
    public void OnEnd(Action action) => _onEnd += action;

    /// <summary>The client has gone: what waits need not.</summary>
    public void Cancel()
    {
        IsCancelled = true;
        _ = _cancellation?.CancelAsync();
    }

    /// <summary>Forgets everything. Edits that were rented are the caller's to return; nothing may be pending any more.</summary>
    public void End()
    {
        _onEnd?.Invoke();
        _onEnd = null;

        // One that was cancelled may just be telling others of it.
        if (!IsCancelled)
            _cancellation?.Dispose();
        _cancellation = null;
        _unixSeconds = 0;
        Tls = null;
        IsSecure = IsCancelled = false;
        IsHttp2 = false;
        ConnectionId = 0;
        Position = PeerPort = LocalPort = 0;
        Denial = null;
        Pending = null;
        Shadowed = User = null;
        RequestEdits = ResponseEdits = null;
        ResponseBytesPerSecond = 0;
        Token = null;
        Faults = null;
    }

    [InlineArray(Length)]
    private struct AddressText
    {
        public const int Length = 46;

        private byte _first;
    }
}
