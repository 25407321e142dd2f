using Sluice.Configuration;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Tls;
using Sluice.Proxy.Tls.Native;
using Sluice.Proxy.Tls.Server;

namespace Sluice.Proxy.Runtime;

/// <summary>
/// TLS of one Gateway's listeners over its configurations: the keys of tickets live on with the listener's name, and what was found
/// out about a certificate with its instance, so that a change costs what has changed. What is wrong with one certificate
/// concerns its listeners only.
/// </summary>
internal sealed class GatewayTls(string gateway)
{
    private readonly CertificateUses _certificates = new();

    /// <summary>Gives every listener that ends TLS what it needs, or says why it cannot have it.</summary>
    /// <param name="replacements">The listeners that are not what they were; the others have it already.</param>
    public void Prepare(IReadOnlyList<ListenerReplacement> replacements)
    {
        foreach (var (before, now) in replacements)
        {
            if (now is not null && EndsTls(now))
                Add(now, before);
        }

        // Last, so that what is known of a certificate outlives its move from one listener to another.
        foreach (var (before, _) in replacements)
        {
            if (before is not null)
                _certificates.Drop(CertificatesOf(before));
        }
    }

    private static bool EndsTls(RuntimeListener listener) =>
        listener.Source.Protocol is ListenerProtocol.Https or ListenerProtocol.Tls && !(listener.IsPassthrough && listener.TlsHosts is not null);

    private static IReadOnlyList<TlsCertificate> CertificatesOf(RuntimeListener listener) => EndsTls(listener) ? listener.Source.Tls?.Certificates ?? [] : [];

    private void Add(RuntimeListener listener, RuntimeListener? previous)
    {
        listener.Tickets = previous?.Tickets ?? new TicketKeys();
        _certificates.Use(CertificatesOf(listener));
        Build(listener, previous, listener.Tickets);
    }

    private void Build(RuntimeListener listener, RuntimeListener? previous, TicketKeys tickets)
    {
        if (previous is { Tls: { } same } && ReferenceEquals(previous.Source.Tls, listener.Source.Tls) && previous.Source.Protocol == listener.Source.Protocol)
        {
            listener.Tls = same;
            return;
        }

        if (listener.Source.Tls is not { Mode: TlsMode.Terminate })
        {
            listener.TlsProblem = "the listener has no TLS that ends here: certificates are needed";
            return;
        }

        if (OpenSslLibrary.Problem is { } missing)
        {
            listener.TlsProblem = missing;
            return;
        }

        try
        {
            listener.Tls = ServerTls.Create(gateway, listener.Source, tickets, _certificates.Facts);
        }
        catch (TlsMaterialException exception)
        {
            listener.TlsProblem = exception.Message;
            listener.TlsProblemReason = exception.Reason;
        }
    }
}
