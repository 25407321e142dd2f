namespace Sluice.Resources.Policies.Traffic;

/// <summary>Lets clients in by their addresses; the longest prefix decides.</summary>
public sealed record AclPolicy
{
    /// <summary>What holds for addresses that no rule names.</summary>
    public required string DefaultAction { get; init; }

    /// <summary>In any order.</summary>
    public IReadOnlyList<AclRule> Rules { get; init; } = [];

    /// <summary>Null: 403 without more.</summary>
    public AclDenyResponse? DenyResponse { get; init; }
}
