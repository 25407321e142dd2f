namespace Sluice.Resources.Policies.Backends;

/// <summary>A field of the request.</summary>
public sealed record HashHeader
{
    /// <summary>The field.</summary>
    public required string Name { get; init; }
}
