using Sluice.ApiServer.Kinds;

namespace Sluice.ApiServer.Rules;

/// <summary>The rules of the kinds that have any of their own.</summary>
internal sealed class KindRules(ServiceAllocator allocator)
{
    private readonly ServiceRules _service = new(allocator);
    private readonly NamespaceRules _namespace = new();
    private readonly DataRules _data = new();
    private readonly DefinitionRules _definition = new();
    private readonly FixedFieldRules _slice = new("addressType");
    private readonly WorkloadRules _workload = new();

    public IKindRules? Of(ResourceKind kind) => (kind.Group, kind.Kind) switch
    {
        ("", "Service") => _service,
        ("", "Namespace") => _namespace,
        ("", "Secret" or "ConfigMap") => _data,
        ("discovery.k8s.io", "EndpointSlice") => _slice,
        ("apps", _) => _workload,
        ("apiextensions.k8s.io", _) => _definition,
        _ => null,
    };
}
