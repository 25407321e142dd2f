namespace Sluice.Resources;

/// <summary>Base of every kind. Immutable: a changed object is a new instance, an unchanged one stays the same instance.</summary>
public abstract record KubernetesObject
{
    public required ObjectMeta Metadata { get; init; }

    public SourceLocation? Source { get; init; }

    /// <summary>The kind, as in manifests: "Gateway".</summary>
    public abstract string Kind { get; }

    public NamespacedName Key => new(Metadata.Namespace, Metadata.Name);
}
