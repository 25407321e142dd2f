using Sluice.Configuration;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Streaming;

/// <summary>
/// The controller's own authority for the configuration stream and its serving certificate, which renew themselves. A new authority
/// is told to proxies (<see cref="Bundle"/>) for a while before it signs, so that none ever meets one that it does not know.
/// </summary>
internal sealed class StreamAuthority
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    private readonly IAuthorityStore _store;
    private readonly IReadOnlyList<string> _names;
    private readonly AuthorityLifetimes _lifetimes;
    private readonly TimeProvider _clock;
    private AuthorityKey? _issuer;
    private DateTimeOffset _renewAt;

    private StreamAuthority(IAuthorityStore store, IReadOnlyList<string> names, AuthorityLifetimes lifetimes, TimeProvider clock)
    {
        _store = store;
        _names = names;
        _lifetimes = lifetimes;
        _clock = clock;
    }

    /// <summary>PEM of the authorities that proxies are to trust: the present, the next, and those that may still be met.</summary>
    public string Bundle { get; private set; } = "";

    /// <summary>What the stream's listener shows.</summary>
    public TlsCertificate Certificate { get; private set; } = null!;

    /// <summary>For the stream's listener; follows <see cref="Certificate"/>.</summary>
    public LocalTls Tls { get; private set; } = null!;

    /// <summary><see cref="Bundle"/> is another.</summary>
    public event Action? BundleChanged;

    /// <summary>A renewal has failed and is tried again.</summary>
    public event Action<Exception>? Failed;

    /// <summary>Reads the authority, or makes one, and issues a certificate.</summary>
    /// <param name="store">Shared by all replicas.</param>
    /// <param name="names">DNS names and IP addresses at which proxies reach this controller.</param>
    /// <param name="clock">Says what is due.</param>
    /// <param name="lifetimes">Null: the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="IOException">The store fails, or keeps something else.</exception>
    public static async Task<StreamAuthority> OpenAsync(
        IAuthorityStore store, IReadOnlyList<string> names, TimeProvider clock, AuthorityLifetimes? lifetimes = null, CancellationToken cancellationToken = default)
    {
        var authority = new StreamAuthority(store, names, lifetimes ?? new AuthorityLifetimes(), clock);
        await authority.RenewAsync(cancellationToken);
        return authority;
    }

    /// <summary>Does what is due by now: takes over what another replica has changed, makes the next authority, issues a certificate.</summary>
    /// <exception cref="IOException">The store fails, or keeps something else; what was in use before still is.</exception>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var state = await ReadAsync(now, cancellationToken);
        if (_issuer?.CertificatePem != state.Current.CertificatePem || now >= _renewAt)
        {
            var (certificate, end) = state.Current.Issue(_names, now, _lifetimes.Certificate);
            if (Tls is null)
                Tls = new LocalTls("configuration stream", certificate);
            else
                Tls.Replace(certificate);
            (_issuer, Certificate, _renewAt) = (state.Current, certificate, now + (2 * (end - now) / 3));
        }

        if (Bundle == state.Bundle)
            return;
        Bundle = state.Bundle;
        BundleChanged?.Invoke();
    }

    /// <summary>Renews until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var wait = NextLook();
        while (true)
        {
            try
            {
                await Task.Delay(wait, _clock, stop);
                await RenewAsync(stop);
                wait = NextLook();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is IOException or ArgumentException)
            {
                Failed?.Invoke(error);
                wait = RetryAfter;
            }
        }
    }

    private TimeSpan NextLook()
    {
        var left = _renewAt - _clock.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < LookAgain ? left : LookAgain;
    }

    private async Task<AuthorityState> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await _store.ReadAsync(cancellationToken);
            var before = stored is null ? null : AuthorityState.Read(stored.Content);
            var after = before?.At(now, _lifetimes) ?? new AuthorityState(AuthorityKey.Make(now, _lifetimes.Authority), null, []);
            if (ReferenceEquals(before, after) || await _store.TryWriteAsync(after.ToBytes(), stored?.Version, cancellationToken))
                return after;
        }
    }
}
