namespace Sluice.Resources.Policies.Extensions;

/// <summary>Which metadata a processor is sent.</summary>
public sealed record MetadataForwarding
{
    /// <summary>Namespaces of typed metadata.</summary>
    public IReadOnlyList<string> Typed { get; init; } = [];

    /// <summary>Namespaces of untyped metadata.</summary>
    public IReadOnlyList<string> Untyped { get; init; } = [];
}
