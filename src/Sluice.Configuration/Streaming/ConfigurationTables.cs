namespace Sluice.Configuration.Streaming;

/// <summary>
/// A configuration with what its parts share, each once and in the order of its first use: rules and certificates. Both sides of
/// the stream have the same lists, so that updates can name their items by number.
/// </summary>
public sealed class ConfigurationTables
{
    private readonly ItemIndex<RouteRule> _ruleIndex;
    private readonly ItemIndex<TlsCertificate> _certificateIndex;
    private RuleTable? _ruleTable; // Null on the side that receives.

    internal ConfigurationTables(ProxyConfiguration configuration, IReadOnlyList<RouteRule> rules, IReadOnlyList<TlsCertificate> certificates)
    {
        Configuration = configuration;
        Rules = rules;
        Certificates = certificates;
        _ruleIndex = new ItemIndex<RouteRule>(rules);
        _certificateIndex = new ItemIndex<TlsCertificate>(certificates);
    }

    /// <summary>Of no Gateway: what a full configuration builds on.</summary>
    public static ConfigurationTables Empty { get; } = new(new ProxyConfiguration { Gateway = "", Addresses = [], Listeners = [], Clusters = [] }, [], []);

    public ProxyConfiguration Configuration { get; }

    /// <summary>Names of certificates whose keys are not here (<see cref="PrivateKey.Withheld"/>).</summary>
    public IEnumerable<string> CertificatesWithoutKey =>
        Certificates.Where(certificate => ReferenceEquals(certificate.PrivateKey, PrivateKey.Withheld)).Select(certificate => certificate.Name);

    internal IReadOnlyList<RouteRule> Rules { get; }

    internal IReadOnlyList<TlsCertificate> Certificates { get; }

    /// <summary>Collects what the parts share.</summary>
    /// <param name="configuration">Is not changed afterwards.</param>
    /// <param name="previous">Spares looking through what did not change.</param>
    public static ConfigurationTables Of(ProxyConfiguration configuration, ConfigurationTables? previous = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var rules = RuleTable.Of(configuration, previous?._ruleTable is { } table ? (previous.Configuration, table) : null);
        var certificates = previous is not null && HasSameCertificates(configuration, previous.Configuration) ? previous.Certificates : CertificatesOf(configuration);
        return new ConfigurationTables(configuration, rules.Rules, certificates) { _ruleTable = rules };
    }

    internal int IndexOf(RouteRule rule) => _ruleIndex.Of(rule);

    internal int IndexOf(TlsCertificate certificate) => _certificateIndex.Of(certificate);

    private static bool HasSameCertificates(ProxyConfiguration one, ProxyConfiguration other)
    {
        if (!ReferenceEquals(one.Clusters, other.Clusters) || one.Listeners.Count != other.Listeners.Count)
            return false;
        for (var i = 0; i < one.Listeners.Count; i++)
        {
            if (!ReferenceEquals(one.Listeners[i].Tls, other.Listeners[i].Tls))
                return false;
        }

        return true;
    }

    private static TlsCertificate[] CertificatesOf(ProxyConfiguration configuration)
    {
        var certificates = new List<TlsCertificate>();
        var seen = new HashSet<TlsCertificate>(ReferenceEqualityComparer.Instance);
        foreach (var listener in configuration.Listeners)
        {
            foreach (var certificate in listener.Tls?.Certificates ?? [])
            {
                if (seen.Add(certificate))
                    certificates.Add(certificate);
            }
        }

        foreach (var cluster in configuration.Clusters)
        {
            if (cluster.Tls?.ClientCertificate is { } certificate && seen.Add(certificate))
                certificates.Add(certificate);
        }

        return [.. certificates];
    }
}
