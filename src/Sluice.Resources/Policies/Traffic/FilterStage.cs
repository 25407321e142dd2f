namespace Sluice.Resources.Policies.Traffic;

/// <summary>Where among the filters something happens.</summary>
public sealed record FilterStage
{
    /// <summary>The stage.</summary>
    public required string Stage { get; init; }

    /// <summary>Before, in or after it.</summary>
    public string Predicate { get; init; } = "During";

    /// <summary>Order among those of the same place, the heavier first.</summary>
    public int Weight { get; init; }
}
