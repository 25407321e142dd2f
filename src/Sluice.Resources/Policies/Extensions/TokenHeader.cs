namespace Sluice.Resources.Policies.Extensions;

/// <summary>A field with a token.</summary>
public sealed record TokenHeader
{
    /// <summary>The field.</summary>
    public required string Header { get; init; }

    /// <summary>What stands before the token.</summary>
    public string? Prefix { get; init; }
}
