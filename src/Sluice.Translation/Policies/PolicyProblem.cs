namespace Sluice.Translation.Policies;

/// <summary>Something that is wrong with a policy.</summary>
/// <param name="Field">From spec on, such as "rateLimit.local.tokenBucket.fillInterval".</param>
/// <param name="Message">What is wrong, and what would be right.</param>
internal readonly record struct PolicyProblem(string Field, string Message)
{
    public override string ToString() => $"{Field}: {Message}";
}
