namespace Sluice.Translation.Policies.Traffic;

/// <summary>The policies that a listener's routes are given by the listener, its ListenerSet and its Gateway; those that take precedence first.</summary>
internal sealed record PolicyScope(PolicyUse[] Uses)
{
    public static PolicyScope Empty { get; } = new([]);

    public bool IsSame(PolicyScope other) => ReferenceEquals(this, other) || Uses.AsSpan().SequenceEqual(other.Uses);
}
