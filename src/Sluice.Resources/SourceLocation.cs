namespace Sluice.Resources;

/// <summary>Where an object was read: for messages only, never part of its meaning.</summary>
public sealed record SourceLocation(string File, int Line)
{
    public override string ToString() => $"{File}:{Line}";
}
