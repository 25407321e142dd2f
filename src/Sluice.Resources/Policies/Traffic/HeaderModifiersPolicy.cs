namespace Sluice.Resources.Policies.Traffic;

/// <summary>Changes of header fields.</summary>
public sealed record HeaderModifiersPolicy
{
    /// <summary>Of requests.</summary>
    public HeaderRules? Request { get; init; }

    /// <summary>Of responses.</summary>
    public HeaderRules? Response { get; init; }

    /// <summary>Null: right before the backend.</summary>
    public FilterStage? FilterStage { get; init; }
}
