using Sluice.Configuration;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Tls;
using Sluice.Proxy.Tls.Certificates;
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
    private Dictionary<string, TicketKeys> _tickets = new(StringComparer.Ordinal);
    private Dictionary<TlsCertificate, CertificateFacts> _facts = new(ReferenceEqualityComparer.Instance);

    /// <summary>Gives every listener that ends TLS what it needs.</summary>
    /// <param name="listeners">Built from the new configuration; those that did not change have it already.</param>
    /// <param name="previous">By name, of the configuration before.</param>
    /// <param name="errors">Gets what keeps a listener from serving: it closes its connections then.</param>
    /// <param name="warnings">Gets what is wrong beside certificates that can be served.</param>
    public void Prepare(IEnumerable<RuntimeListener> listeners, IReadOnlyDictionary<string, RuntimeListener> previous, ICollection<ApplyError> errors, ISet<string> warnings)
    {
        var tickets = new Dictionary<string, TicketKeys>(StringComparer.Ordinal);
        var facts = new Dictionary<TlsCertificate, CertificateFacts>(ReferenceEqualityComparer.Instance);
        foreach (var listener in listeners)
        {
            if (listener.Source.Protocol is not (ListenerProtocol.Https or ListenerProtocol.Tls) || (listener.IsPassthrough && listener.TlsHosts is not null))
                continue;
            var name = listener.Source.Name;
            tickets[name] = _tickets.GetValueOrDefault(name) ?? new TicketKeys();
            if (listener.Tls is null)
                Build(listener, previous.GetValueOrDefault(name), tickets[name]);
            foreach (var certificate in listener.Source.Tls?.Certificates ?? [])
            {
                if (_facts.TryGetValue(certificate, out var known))
                    facts[certificate] = known;
            }

            if (listener.TlsProblem is { } problem)
                errors.Add(new ApplyError(name, problem, listener.TlsProblemReason));
            foreach (var warning in listener.Tls?.Problems ?? [])
                warnings.Add($"listener {name}: {warning}");
        }

        _tickets = tickets;
        _facts = facts;
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
            listener.Tls = ServerTls.Create(gateway, listener.Source, tickets, _facts);
        }
        catch (TlsMaterialException exception)
        {
            listener.TlsProblem = exception.Message;
            listener.TlsProblemReason = exception.Reason;
        }
    }
}
