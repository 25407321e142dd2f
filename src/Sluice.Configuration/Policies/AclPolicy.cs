namespace Sluice.Configuration.Policies;

/// <summary>Client addresses that are let in or not (TrafficPolicy.spec.acl). The longest prefix that holds the address decides.</summary>
public sealed record AclPolicy
{
    /// <summary>Prefixes that one policy may have, over all rules: 100,000.</summary>
    public const int MaxPrefixes = 100_000;

    /// <summary>For addresses that no prefix holds.</summary>
    public required AclAction DefaultAction { get; init; }

    public IReadOnlyList<AclRule> Rules { get; init; } = [];

    /// <summary>Default 403.</summary>
    public int DenyStatusCode { get; init; } = 403;

    /// <summary>Fields of the refusal.</summary>
    public IReadOnlyList<HeaderValue> DenyHeaders { get; init; } = [];

    /// <summary>Field of the refusal that names the rule, or says "default". Null: none.</summary>
    public string? BlockedByHeaderName { get; init; }
}
