using System.Text;

namespace Sluice.Conformance.Reporting;

/// <summary>The tables for people: what was not run and why, what failed, and the profiles with their features.</summary>
internal static class SummaryText
{
    public static string Write(IReadOnlyList<TestOutcome> outcomes, IReadOnlyCollection<string> features)
    {
        var text = new StringBuilder();
        WriteNotRun(text, outcomes);
        WriteFailures(text, outcomes);
        WriteProfiles(text, outcomes, features);
        return text.ToString();
    }

    private static void WriteNotRun(StringBuilder text, IReadOnlyList<TestOutcome> outcomes)
    {
        var groups = outcomes.Where(outcome => outcome.Result == TestResult.NotRun).GroupBy(outcome => outcome.Message!).OrderByDescending(group => group.Count()).ToList();
        if (groups.Count == 0)
            return;
        text.AppendLine($"\nNot run: {groups.Sum(group => group.Count())}");
        foreach (var group in groups)
            text.AppendLine($"  {group.Key}: {string.Join(", ", group.Select(outcome => outcome.Test.Name).Order(StringComparer.Ordinal))}");
    }

    private static void WriteFailures(StringBuilder text, IReadOnlyList<TestOutcome> outcomes)
    {
        var failures = outcomes.Where(outcome => outcome.Result == TestResult.Failed).ToList();
        if (failures.Count == 0)
            return;
        text.AppendLine($"\nFailed: {failures.Count}");
        foreach (var failure in failures)
            text.AppendLine($"  {failure.Test.Name}: {failure.Message}");
    }

    private static void WriteProfiles(StringBuilder text, IReadOnlyList<TestOutcome> outcomes, IReadOnlyCollection<string> features)
    {
        text.AppendLine($"\n{"PROFILE",-14}{"CORE",-36}{"EXTENDED, OF CLAIMED FEATURES",-38}FEATURES");
        foreach (var profile in Profile.All.Select(profile => ProfileSummary.Of(profile, outcomes, features)))
        {
            if (profile.IsClaimed)
                text.AppendLine($"{profile.Profile.Name,-14}{Cell(profile.Core),-36}{Cell(profile.Extended),-38}{profile.Supported.Count} of {profile.Profile.Extended.Count}");
            else
                text.AppendLine($"{profile.Profile.Name,-14}not claimed");
        }
        foreach (var (origin, words) in new[] { (TestOrigin.NextRelease, "next release"), (TestOrigin.Additional, "additional") })
            text.AppendLine($"{words,-14}{Cell(new LevelSummary([.. outcomes.Where(outcome => outcome.Test.Origin == origin)]))}");
        text.AppendLine($"claimed: {string.Join(", ", features)}");
    }

    private static string Cell(LevelSummary level) =>
        $"{level.Passed} of {level.Outcomes.Count} passed{(level.Failed > 0 ? $", {level.Failed} failed" : "")}{(level.NotRun > 0 ? $", {level.NotRun} not run" : "")}";
}
