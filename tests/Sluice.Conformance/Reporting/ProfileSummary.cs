namespace Sluice.Conformance.Reporting;

/// <summary>A profile's two levels. Extended tests whose features are not claimed are no part of it, as in the suite's reports.</summary>
internal sealed record ProfileSummary(Profile Profile, bool IsClaimed, LevelSummary Core, LevelSummary Extended, IReadOnlyList<string> Supported, IReadOnlyList<string> Unsupported)
{
    public static ProfileSummary Of(Profile profile, IReadOnlyList<TestOutcome> outcomes, IReadOnlyCollection<string> features)
    {
        var counted = outcomes.Where(outcome => outcome.Test.Origin == TestOrigin.Suite).ToList();
        return new ProfileSummary(
            profile,
            profile.IsClaimed(features),
            new LevelSummary([.. counted.Where(outcome => profile.IsCore(outcome.Test.Data) == true)]),
            new LevelSummary([.. counted.Where(outcome => profile.IsCore(outcome.Test.Data) == false && outcome.Test.Data.Features.All(features.Contains))]),
            [.. profile.Extended.Where(features.Contains).Order(StringComparer.Ordinal)],
            [.. profile.Extended.Where(feature => !features.Contains(feature)).Order(StringComparer.Ordinal)]);
    }
}
