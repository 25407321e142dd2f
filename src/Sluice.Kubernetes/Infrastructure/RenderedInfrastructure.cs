namespace Sluice.Kubernetes.Infrastructure;

/// <summary>What there should be for a Gateway.</summary>
/// <param name="Objects">To be applied in this order.</param>
/// <param name="Warnings">Parameters that have no effect as things are, to be told to people.</param>
public sealed record RenderedInfrastructure(IReadOnlyList<RenderedObject> Objects, IReadOnlyList<string> Warnings)
{
    /// <summary>Nothing: parameters that say selfManaged.</summary>
    public static RenderedInfrastructure Nothing { get; } = new([], []);
}
