namespace Sluice.Resources.Policies.Listeners;

/// <summary>A field of an answer.</summary>
public sealed record LocalReplyHeader
{
    /// <summary>The field's name.</summary>
    public required string Name { get; init; }

    /// <summary>The field's value.</summary>
    public required string Value { get; init; }
}
