namespace Sluice.Translation.Policies.Traffic;

/// <summary>A field that a policy sets, compiled.</summary>
/// <param name="Field">Which.</param>
/// <param name="Effect">What it comes to.</param>
/// <param name="Record">Of the field's type; null unless it is in force.</param>
/// <param name="Clusters">The clusters that it has asked.</param>
internal sealed record FieldOutcome(TrafficField Field, FieldEffect Effect, object? Record, string[] Clusters)
{
    /// <summary>Whether the other one comes to the same.</summary>
    public bool IsSame(FieldOutcome other) =>
        Field == other.Field
        && Effect == other.Effect
        && Clusters.AsSpan().SequenceEqual(other.Clusters)
        && (Record is null || Field.IsSame(Record, other.Record!));
}
