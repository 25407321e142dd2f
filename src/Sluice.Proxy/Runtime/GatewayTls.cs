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

    /// <summary>Gives every listener that ends TLS what it needs.</summary>
    /// <param name="listeners">Built from the new configuration; those that did not change have it already.</param>
    /// <param name="previous">By name, of the configuration before.</param>
    /// <param name="errors">Gets what keeps a listener from serving: it closes its connections then.</param>
    /// <param name="warnings">Gets what is wrong beside certificates that can be served.</param>
    public void Prepare(IReadOnlyDictionary<string, RuntimeListener> listeners, IReadOnlyDictionary<string, RuntimeListener> previous, ICollection<ApplyError> errors, ISet<string> warnings)
    {
        var gone = new List<RuntimeListener>();
        var lasting = 0;
        foreach (var (name, listener) in listeners)
        {
            var before = previous.GetValueOrDefault(name);
            lasting += before is null ? 0 : 1;
            if (!ReferenceEquals(before, listener))
            {
                if (EndsTls(listener))
                    Add(listener, before);
                if (before is not null)
                    gone.Add(before);
            }

            if (listener.TlsProblem is { } problem)
                errors.Add(new ApplyError(name, problem, listener.TlsProblemReason));
            foreach (var warning in listener.Tls?.Problems ?? [])
                warnings.Add($"listener {name}: {warning}");
        }

        if (lasting < previous.Count)
            gone.AddRange(previous.Where(listener => !listeners.ContainsKey(listener.Key)).Select(listener => listener.Value));
        foreach (var listener in gone)
            _certificates.Drop(CertificatesOf(listener));
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
