namespace Sluice.Kubernetes.Client;

/// <summary>Which objects of a kind are listed or watched.</summary>
/// <param name="Namespace">Null for all namespaces.</param>
/// <param name="LabelSelector">As kubectl's -l: "app=x,tier!=y"; null for all.</param>
/// <param name="FieldSelector">As kubectl's --field-selector: "metadata.name=x"; null for all.</param>
public sealed record ResourceScope(string? Namespace = null, string? LabelSelector = null, string? FieldSelector = null)
{
    public static ResourceScope All { get; } = new();
}
