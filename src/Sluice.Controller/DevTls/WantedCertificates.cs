using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.DevTls;

/// <summary>
/// Finds the Secrets that listeners name and that do not exist, and what their certificates have to be for: the listener's
/// hostname, the hostnames of routes that a wildcard of one label does not cover, and addresses where every host is served.
/// </summary>
/// <param name="snapshot">Where Secrets are looked for.</param>
/// <param name="isServed">Whether a Gateway is ours.</param>
/// <param name="addresses">What a Gateway binds.</param>
/// <param name="portOffset">Between a listener's port and the one that is bound.</param>
internal sealed class WantedCertificates(ResourceSnapshot snapshot, Func<Gateway, bool> isServed, Func<Gateway, IReadOnlyList<string>> addresses, int portOffset)
{
    /// <summary>Names in one certificate: more than this would make every handshake long.</summary>
    public const int MaxNames = 200;

    private readonly Dictionary<NamespacedName, Draft> _drafts = [];
    private ILookup<(string Kind, NamespacedName Name), (Route Route, ParentReference Parent)>? _attachments;

    /// <summary>By Secret, in the order of Gateways' names.</summary>
    public IReadOnlyList<WantedCertificate> Find()
    {
        foreach (var gateway in snapshot.Gateways.Values.Where(isServed).OrderBy(gateway => gateway.Key.ToString(), StringComparer.Ordinal))
        {
            foreach (var listener in gateway.Listeners)
                Add(gateway, gateway, listener);
        }
        foreach (var set in snapshot.ListenerSets.Values.OrderBy(set => set.Key.ToString(), StringComparer.Ordinal))
        {
            if (set.Gateway is not { } key || !snapshot.Gateways.TryGetValue(key, out var gateway) || !isServed(gateway))
                continue;
            foreach (var listener in set.Listeners)
                Add(gateway, set, listener);
        }
        return [.. _drafts.Select(draft => draft.Value.Finish(draft.Key))];
    }

    /// <param name="gateway">Where the listener is served.</param>
    /// <param name="owner">The Gateway or ListenerSet that has the listener.</param>
    /// <param name="listener">Any listener.</param>
    private void Add(Gateway gateway, KubernetesObject owner, GatewayListener listener)
    {
        if (listener.Protocol is not ("HTTPS" or "TLS") || listener.Tls is not { Mode: "Terminate" })
            return;
        foreach (var reference in listener.Tls.CertificateRefs)
        {
            if (reference.Group.Length != 0 || reference.Kind != "Secret")
                continue;
            var secret = new NamespacedName(reference.Namespace ?? owner.Metadata.Namespace, reference.Name);
            if (snapshot.Secrets.ContainsKey(secret))
                continue;
            if (!_drafts.TryGetValue(secret, out var draft))
                _drafts.Add(secret, draft = new Draft());
            var hosts = Hosts(owner, listener);
            draft.Names.UnionWith(hosts);
            var bound = addresses(gateway);
            if (string.IsNullOrEmpty(listener.Hostname))
                draft.Addresses.UnionWith(bound);
            if (listener.Protocol == "HTTPS" && bound.Count > 0)
                draft.Offer(new ExampleUrl(ExampleHost(hosts), bound[0], listener.Port + portOffset));
        }
    }

    private List<string> Hosts(KubernetesObject owner, GatewayListener listener)
    {
        var hostname = listener.Hostname ?? "";
        var hosts = new List<string>();
        foreach (var (route, reference) in Attachments[(owner.Kind, owner.Key)])
        {
            if ((reference.SectionName is not null && reference.SectionName != listener.Name) || (reference.Port is not null && reference.Port != listener.Port))
                continue;
            foreach (var host in route.Hostnames)
            {
                if (IsWithin(hostname, host))
                    hosts.Add(host);
            }
        }
        hosts.Sort(StringComparer.Ordinal);
        hosts.Add(hostname.Length == 0 ? "localhost" : hostname);
        return hosts;
    }

    /// <summary>Made when the first certificate is missing: most often none is.</summary>
    private ILookup<(string Kind, NamespacedName Name), (Route Route, ParentReference Parent)> Attachments => _attachments ??=
        snapshot.Routes
            .SelectMany(route => route.ParentRefs.Select(parent => (Route: route, Parent: parent)))
            .ToLookup(attachment => (attachment.Parent.Kind, new NamespacedName(attachment.Parent.Namespace ?? attachment.Route.Metadata.Namespace, attachment.Parent.Name)));

    private static bool IsWithin(string listener, string host) =>
        listener.Length == 0
        || (listener.StartsWith("*.", StringComparison.Ordinal) && host.Length >= listener.Length && host.EndsWith(listener[1..], StringComparison.Ordinal));

    /// <summary>The first without a wildcard: "localhost" only where no route names a host.</summary>
    private static string? ExampleHost(List<string> hosts) => hosts.FirstOrDefault(host => host[0] != '*') is { } host && host != "localhost" ? host : null;

    private sealed class Draft
    {
        private ExampleUrl? _example;

        public HashSet<string> Names { get; } = [];

        public HashSet<string> Addresses { get; } = [];

        /// <summary>One with a name is better than one without.</summary>
        public void Offer(ExampleUrl example)
        {
            if (_example is null || (_example.Host is null && example.Host is not null))
                _example = example;
        }

        public WantedCertificate Finish(NamespacedName secret) =>
            new(secret, [.. CertificateNames.Reduce(Names).Take(MaxNames)], [.. Addresses.Order(StringComparer.Ordinal)], _example);
    }
}
