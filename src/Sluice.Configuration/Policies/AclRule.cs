namespace Sluice.Configuration.Policies;

public sealed record AclRule
{
    /// <summary>For refusals; null: "rule N", counted from 0.</summary>
    public string? Name { get; init; }

    /// <summary>"10.0.0.0/8", "2001:db8::/32", or a single address. Of equal prefixes in several rules one that denies counts.</summary>
    public required IReadOnlyList<string> Cidrs { get; init; }

    public required AclAction Action { get; init; }
}
