using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Extensions;

namespace Sluice.Translation.Policies;

/// <summary>
/// Looks up what a policy refers to and remembers what was looked at. The check of the grant comes before that of existence, which it must
/// not reveal.
/// </summary>
/// <param name="world">Where it is looked up.</param>
/// <param name="owner">The policy or GatewayExtension whose fields are compiled.</param>
/// <param name="findings">Where it is remembered, and problems are reported.</param>
/// <param name="prefix">Stands before the fields of problems; "" for the policy itself.</param>
internal sealed class PolicySurroundings(PolicyWorld world, KubernetesObject owner, PolicyFindings findings, string prefix = "") : IPolicySurroundings
{
    private const string Grants = "ReferenceGrant";

    public string Namespace => owner.Metadata.Namespace;

    public Secret? Secret(string name, string? ns, string field) => Find(world.Snapshot.Secrets, "", "Secret", name, ns, field);

    public ConfigMap? ConfigMap(string name, string? ns, string field) => Find(world.Snapshot.ConfigMaps, "", "ConfigMap", name, ns, field);

    public GatewayExtension? Extension(ExtensionReference reference, string field) =>
        Find(world.Snapshot.GatewayExtensions, GatewayApiGroup.Kgateway, "GatewayExtension", reference.Name, reference.Namespace, $"{field}.extensionRef");

    public IReadOnlyList<Secret> Secrets(IReadOnlyDictionary<string, string> labels)
    {
        findings.LookedAt(PolicyDependency.All("Secret", Namespace));
        return [.. world.Snapshot.Secrets.Values
            .Where(secret => secret.Metadata.Namespace == Namespace && labels.All(label => secret.Metadata.Labels.TryGetValue(label.Key, out var value) && value == label.Value))
            .OrderBy(secret => secret.Metadata.Name, StringComparer.Ordinal)];
    }

    public IPolicySurroundings Of(GatewayExtension extension, string field) =>
        new PolicySurroundings(world, extension, findings, $"{prefix}{field}: GatewayExtension \"{extension.Key}\": ");

    public string? Cluster(BackendObjectReference reference, string field)
    {
        var name = new NamespacedName(reference.Namespace ?? Namespace, reference.Name);
        findings.LookedAt(new PolicyDependency(reference.Kind, name));
        if (!Permitted(reference.Group, reference.Kind, name, field))
            return null;
        var cluster = PolicyBackends.Resolve(world, name, reference, field, out var problem);
        if (cluster is null)
            Problem(field, problem!);
        else
            findings.Uses(cluster);
        return cluster;
    }

    public void Problem(string field, string message) => findings.Problem(prefix + field, message);

    private T? Find<T>(IReadOnlyDictionary<NamespacedName, T> objects, string group, string kind, string name, string? ns, string field)
        where T : KubernetesObject
    {
        var key = new NamespacedName(ns ?? Namespace, name);
        findings.LookedAt(new PolicyDependency(kind, key));
        if (!Permitted(group, kind, key, field))
            return null;
        if (objects.TryGetValue(key, out var found))
            return found;
        Problem(field, $"{kind} \"{key}\" does not exist");
        return null;
    }

    private bool Permitted(string group, string kind, NamespacedName name, string field)
    {
        if (name.Namespace == Namespace || world.References == ReferenceMode.Off || (world.References == ReferenceMode.Permissive && kind == "GatewayExtension"))
            return true;
        findings.LookedAt(PolicyDependency.All(Grants, name.Namespace));
        if (world.Grants.Permits(owner.Kind, Namespace, group, kind, name, GatewayApiGroup.Kgateway))
            return true;
        Problem(field, $"no ReferenceGrant in namespace \"{name.Namespace}\" lets a {owner.Kind} of namespace \"{Namespace}\" use {kind} \"{name.Name}\"");
        return false;
    }
}
