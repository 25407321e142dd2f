using System.Globalization;
using System.Text;

namespace Sluice.Conformance.Reporting;

/// <summary>Writes a ConformanceReport (gateway.networking.k8s.io/v1) of the profiles that are claimed.</summary>
internal static class ReportFile
{
    public const string SuiteVersion = "v1.6.1";

    public static string Write(IReadOnlyList<TestOutcome> outcomes, IReadOnlyCollection<string> features, string version, DateTimeOffset date)
    {
        var text = new StringBuilder();
        text.AppendLine("# Written by tests/Sluice.Conformance, which follows the rules of the suite of the Gateway API project.");
        text.AppendLine("apiVersion: gateway.networking.k8s.io/v1");
        text.AppendLine("kind: ConformanceReport");
        text.AppendLine(CultureInfo.InvariantCulture, $"date: \"{date:yyyy-MM-dd'T'HH:mm:ss'Z'}\"");
        text.AppendLine("gatewayAPIChannel: experimental");
        text.AppendLine(CultureInfo.InvariantCulture, $"gatewayAPIVersion: {SuiteVersion}");
        text.AppendLine("implementation:");
        text.AppendLine("  organization: sluice");
        text.AppendLine("  project: sluice");
        text.AppendLine(CultureInfo.InvariantCulture, $"  version: \"{version}\"");
        text.AppendLine("mode: standalone");
        text.AppendLine("profiles:");
        foreach (var profile in Profile.All.Select(profile => ProfileSummary.Of(profile, outcomes, features)).Where(profile => profile.IsClaimed))
            WriteProfile(text, profile);
        WriteNames(text, "", "succeededProvisionalTests", outcomes
            .Where(outcome => outcome.Test is { Origin: TestOrigin.Suite, Data.Provisional: true } && outcome.Result == TestResult.Passed)
            .Select(outcome => outcome.Test.Name)
            .Order(StringComparer.Ordinal));
        return text.ToString();
    }

    private static void WriteProfile(StringBuilder text, ProfileSummary profile)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"- name: {profile.Profile.Name}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  summary: Core tests {Words(profile.Core)}. Extended tests {Words(profile.Extended)}.");
        text.AppendLine("  core:");
        WriteLevel(text, profile.Core);
        text.AppendLine("  extended:");
        WriteLevel(text, profile.Extended);
        WriteNames(text, "    ", "supportedFeatures", profile.Supported);
        WriteNames(text, "    ", "unsupportedFeatures", profile.Unsupported);
    }

    private static void WriteLevel(StringBuilder text, LevelSummary level)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"    result: {level.Result}");
        text.AppendLine("    statistics:");
        text.AppendLine(CultureInfo.InvariantCulture, $"      Failed: {level.Failed}");
        text.AppendLine(CultureInfo.InvariantCulture, $"      Passed: {level.Passed}");
        text.AppendLine(CultureInfo.InvariantCulture, $"      Skipped: {level.NotRun}");
        WriteNames(text, "    ", "failedTests", level.Names(TestResult.Failed));
        WriteNames(text, "    ", "skippedTests", level.Names(TestResult.NotRun));
    }

    private static void WriteNames(StringBuilder text, string indent, string member, IEnumerable<string> names)
    {
        var first = true;
        foreach (var name in names)
        {
            if (first)
                text.AppendLine(CultureInfo.InvariantCulture, $"{indent}{member}:");
            first = false;
            text.AppendLine(CultureInfo.InvariantCulture, $"{indent}- {name}");
        }
    }

    private static string Words(LevelSummary level) => level.Result switch
    {
        "success" => "succeeded",
        "partial" => $"partially succeeded with {level.NotRun} test skips",
        _ => $"failed with {level.Failed} test failures",
    };
}
