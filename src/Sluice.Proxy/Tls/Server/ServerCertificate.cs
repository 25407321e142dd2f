using Sluice.Proxy.Tls.Certificates;

namespace Sluice.Proxy.Tls.Server;

/// <summary>One certificate of a listener, with the context that is made when the first client gets it.</summary>
internal sealed class ServerCertificate(ServerTls tls, CertificateFacts facts)
{
    private volatile SslContext? _context;

    public CertificateFacts Facts => facts;

    /// <summary>On any worker. Two that are first at the same time each make one, and one of them stays.</summary>
    /// <exception cref="TlsMaterialException">Cannot happen with material that was tried before, unless memory is short.</exception>
    public SslContext Context => _context ?? Build();

    private SslContext Build()
    {
        var built = tls.BuildContext(facts.Source);
        var first = Interlocked.CompareExchange(ref _context, built, null);
        if (first is null)
            return built;
        built.Dispose();
        return first;
    }
}
