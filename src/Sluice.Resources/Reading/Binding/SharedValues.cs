using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;

namespace Sluice.Resources.Reading.Binding;

/// <summary>
/// One instance for values that most objects repeat: the same parentRefs, the same ports. Remembers the last few of each
/// kind, which is what files written by hand or by a template have.
/// </summary>
internal sealed class SharedValues
{
    private readonly Recent<ParentReference[]> _parents = new(static (a, b) => a.AsSpan().SequenceEqual(b));
    private readonly Recent<ServicePort[]> _servicePorts = new(static (a, b) => a.AsSpan().SequenceEqual(b));
    private readonly Recent<EndpointPort[]> _endpointPorts = new(static (a, b) => a.AsSpan().SequenceEqual(b));
    private readonly Recent<string[]> _strings = new(static (a, b) => a.AsSpan().SequenceEqual(b));
    private readonly Recent<SmallMap> _maps = new(static (a, b) => a.HasSameEntries(b));

    public ParentReference[] Parents(ParentReference[] value) => value.Length == 0 ? value : _parents.Share(value);

    public ServicePort[] ServicePorts(ServicePort[] value) => value.Length == 0 ? value : _servicePorts.Share(value);

    public EndpointPort[] EndpointPorts(EndpointPort[] value) => value.Length == 0 ? value : _endpointPorts.Share(value);

    public string[] Strings(string[] value) => value.Length == 0 ? value : _strings.Share(value);

    /// <summary>Names and values in turn.</summary>
    public IReadOnlyDictionary<string, string> Map(string[] entries) => _maps.Share(new SmallMap(entries));
}
