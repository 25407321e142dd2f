namespace Sluice.Kubernetes.Client;

/// <summary>A list that was kept whole.</summary>
/// <param name="ResourceVersion">The moment it shows: where a watch goes on.</param>
/// <param name="Items">The objects as JSON, complete with kind and apiVersion.</param>
public sealed record ResourceList(string ResourceVersion, IReadOnlyList<ReadOnlyMemory<byte>> Items);
