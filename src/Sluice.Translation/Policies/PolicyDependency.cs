using Sluice.Resources;

namespace Sluice.Translation.Policies;

/// <summary>Something that the compilation of a policy looked at, whether it was there or not.</summary>
/// <param name="Kind">"Secret", "ConfigMap", "GatewayExtension", "Service", "Backend", or "ReferenceGrant".</param>
/// <param name="Name">With an empty name: every object of the kind in the namespace.</param>
internal readonly record struct PolicyDependency(string Kind, NamespacedName Name)
{
    /// <summary>Every object of the kind in a namespace.</summary>
    public static PolicyDependency All(string kind, string ns) => new(kind, new NamespacedName(ns, ""));
}
