namespace Sluice.Resources.Policies.Traffic;

/// <summary>What refusals look like.</summary>
public sealed record AclDenyResponse
{
    /// <summary>The status.</summary>
    public int StatusCode { get; init; } = 403;

    /// <summary>Fields that are added.</summary>
    public IReadOnlyList<AclHeader> Headers { get; init; } = [];

    /// <summary>A field that names the rule.</summary>
    public string? BlockedByHeaderName { get; init; }
}
