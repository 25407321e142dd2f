namespace Sluice.Configuration.Policies;

/// <summary>
/// Changes of fields whose values may depend on the request (TrafficPolicy.spec.headerModifiers). Of requests they come before those of
/// the rule, of responses after them: the rule's say more about the request, and a policy's about what clients see.
/// </summary>
public sealed record HeaderModifiersPolicy
{
    public HeaderRules? Request { get; init; }

    public HeaderRules? Response { get; init; }
}
