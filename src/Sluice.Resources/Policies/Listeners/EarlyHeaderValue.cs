namespace Sluice.Resources.Policies.Listeners;

/// <summary>A header field.</summary>
public sealed record EarlyHeaderValue
{
    /// <summary>The field's name.</summary>
    public required string Name { get; init; }

    /// <summary>The field's value.</summary>
    public required string Value { get; init; }
}
