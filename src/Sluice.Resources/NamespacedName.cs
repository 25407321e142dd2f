namespace Sluice.Resources;

/// <summary>Identity of an object within its kind. Namespace is "" for cluster-scoped kinds.</summary>
public readonly record struct NamespacedName(string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}/{Name}";
}
