using Sluice.Proxy.Tls.Certificates;

namespace Sluice.Proxy.Tls.Server;

/// <summary>
/// One certificate of a listener, with the context that is made when a client gets it. A context takes many times the room of the
/// certificate, so only those that were used last are kept (<see cref="RecentContexts"/>).
/// </summary>
internal sealed class ServerCertificate(ServerTls tls, CertificateFacts facts)
{
    private SslContext? _context;
    private long _usedAt;

    public CertificateFacts Facts => facts;

    /// <summary>When a client last got it: milliseconds, as workers count them.</summary>
    public long UsedAt => Volatile.Read(ref _usedAt);

    /// <summary>A session that shows it, on any worker; null when OpenSSL has no memory.</summary>
    /// <exception cref="TlsMaterialException">Cannot happen with material that was tried before, unless memory is short.</exception>
    public TlsSession? TryOpen(TlsIo io, long now)
    {
        Volatile.Write(ref _usedAt, now);
        while (true)
        {
            var context = Volatile.Read(ref _context) ?? Build();
            var isHeld = false;
            try
            {
                context.DangerousAddRef(ref isHeld);
                return io.TryOpen(context.Pointer);
            }
            catch (ObjectDisposedException)
            {
                // Another worker dropped it in between.
            }
            finally
            {
                if (isHeld)
                    context.DangerousRelease();
            }
        }
    }

    /// <summary>Gives the context up. Connections that began with it keep what they need of it.</summary>
    public void Drop() => Interlocked.Exchange(ref _context, null)?.Dispose();

    private SslContext Build()
    {
        var built = tls.BuildContext(facts.Source);
        if (Interlocked.CompareExchange(ref _context, built, null) is { } first)
        {
            // Another worker was first.
            built.Dispose();
            return first;
        }

        RecentContexts.Add(this);
        return built;
    }
}
