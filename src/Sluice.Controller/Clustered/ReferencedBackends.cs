using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies;

namespace Sluice.Controller.Clustered;

/// <summary>Which Services and DirectResponses an object leads to.</summary>
internal static class ReferencedBackends
{
    public const string Service = "Service";

    public const string DirectResponse = "DirectResponse";

    /// <param name="value">Kinds other than routes, BackendTLSPolicy and the policies lead to none, nor does null.</param>
    public static IReadOnlySet<(string Kind, NamespacedName Key)> Of(KubernetesObject? value)
    {
        var references = new HashSet<(string Kind, NamespacedName Key)>();
        switch (value)
        {
            case Layer7Route route:
                foreach (var rule in route.CommonRules)
                {
                    AddFilters(rule.Filters);
                    foreach (var backend in rule.BackendRefs)
                    {
                        Add(backend);
                        AddFilters(backend.Filters);
                    }
                }
                break;
            case Layer4Route route:
                foreach (var backend in route.Rule.BackendRefs)
                    Add(backend);
                break;
            case BackendTlsPolicy policy:
                foreach (var target in policy.TargetRefs.Where(target => target is { Group: "", Kind: Service }))
                    references.Add((Service, new NamespacedName(policy.Metadata.Namespace, target.Name)));
                break;
            case PolicyObject policy:
                references.UnionWith(PolicyDependencies.Of(policy).Where(reference => reference.Kind == Service));
                break;
        }
        return references;

        void Add(BackendObjectReference reference)
        {
            if (reference is { Group: "", Kind: Service })
                references.Add((Service, new NamespacedName(reference.Namespace ?? value!.Metadata.Namespace, reference.Name)));
        }

        void AddFilters(IReadOnlyList<HttpRouteFilter> filters)
        {
            foreach (var filter in filters)
            {
                if (filter.RequestMirror is { } mirror)
                    Add(mirror.BackendRef);
                if (filter.ExtensionRef is { } extension)
                    references.Add((DirectResponse, new NamespacedName(value!.Metadata.Namespace, extension.Name)));
            }
        }
    }
}
