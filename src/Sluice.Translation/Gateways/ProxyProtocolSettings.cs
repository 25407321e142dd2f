using System.Net;
using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>
/// Which listeners of a Gateway or ListenerSet expect a PROXY protocol header, and from whom. The header tells the client's
/// address, so who may send one must be said with care: an entry that is no address range is left out, and when none is left
/// the listeners are refused, because an empty list would trust everybody.
/// </summary>
internal sealed class ProxyProtocolSettings
{
    /// <summary>"true" for every listener, or names of listeners separated by commas.</summary>
    public const string Annotation = "sluice.dev/proxy-protocol";

    /// <summary>Address ranges separated by commas; absent: everybody.</summary>
    public const string SourcesAnnotation = "sluice.dev/proxy-protocol-trusted-sources";

    private const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly List<Remark> _remarks = [];

    private ProxyProtocolSettings(bool isGiven) => IsGiven = isGiven;

    /// <summary>Whether the object says anything about it.</summary>
    public bool IsGiven { get; }

    /// <summary>Every listener expects the header.</summary>
    public bool All { get; private set; }

    public ProxyProtocolAcceptance Acceptance { get; private set; } = new();

    /// <summary>Why listeners that expect the header cannot be served; or null.</summary>
    public Finding? Refused { get; private set; }

    public IReadOnlyList<Remark> Remarks => _remarks;

    public static ProxyProtocolSettings Of(KubernetesObject owner, IReadOnlyList<GatewayListener> listeners)
    {
        if (!owner.Metadata.Annotations.TryGetValue(Annotation, out var value))
            return new ProxyProtocolSettings(isGiven: false);
        var settings = new ProxyProtocolSettings(isGiven: true);
        if (value.Trim() is "true" or "false" or "")
            settings.All = value.Trim() == "true";
        else
            settings.ReadNames(value, listeners);
        if (settings.All || settings._names.Count > 0)
            settings.ReadSources(owner.Metadata.Annotations.GetValueOrDefault(SourcesAnnotation));
        return settings;
    }

    public ProxyProtocolAcceptance? Of(GatewayListener listener) =>
        listener.Protocol != "UDP" && (All || _names.Contains(listener.Name)) ? Acceptance : null;

    private void ReadNames(string value, IReadOnlyList<GatewayListener> listeners)
    {
        foreach (var name in value.Split(',', Trimmed))
        {
            var listener = listeners.FirstOrDefault(candidate => candidate.Name == name);
            if (listener is null)
                Warn(Annotation, $"there is no listener \"{name}\"; give \"true\", or names of listeners separated by commas");
            else if (listener.Protocol == "UDP")
                Warn(Annotation, $"listener \"{name}\" has protocol UDP, which the PROXY protocol is not taken with");
            else
                _names.Add(name);
        }
    }

    private void ReadSources(string? value)
    {
        if (value is null)
        {
            _remarks.Add(new Remark(null, $"metadata.annotations[\"{Annotation}\"]: PROXY protocol headers are believed from everybody; name those who may send them in {SourcesAnnotation}", IsWarning: false));
            return;
        }
        var sources = new List<string>();
        foreach (var source in value.Split(',', Trimmed))
        {
            if (IPNetwork.TryParse(source, out _) || (IPAddress.TryParse(source, out var address) && !source.Contains('%', StringComparison.Ordinal) && (address.ToString() == source || source.Contains(':', StringComparison.Ordinal))))
                sources.Add(source);
            else
                Warn(SourcesAnnotation, $"\"{source}\" is no address range such as 192.0.2.0/24 or 2001:db8::/32 and trusts nobody");
        }
        if (sources.Count == 0)
            Refused = new Finding(Reason.UnsupportedValue, $"metadata.annotations[\"{SourcesAnnotation}\"]: \"{value}\" has no address range such as 192.0.2.0/24; remove the annotation to believe everybody");
        Acceptance = new ProxyProtocolAcceptance { TrustedSources = sources };
    }

    private void Warn(string annotation, string message) => _remarks.Add(new Remark(null, $"metadata.annotations[\"{annotation}\"]: {message}", IsWarning: true));
}
