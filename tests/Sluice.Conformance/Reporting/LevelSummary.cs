namespace Sluice.Conformance.Reporting;

/// <summary>How the tests of one level of a profile ended.</summary>
internal sealed record LevelSummary(IReadOnlyList<TestOutcome> Outcomes)
{
    public int Passed => Count(TestResult.Passed);

    public int Failed => Count(TestResult.Failed);

    public int NotRun => Count(TestResult.NotRun);

    /// <summary>The report's word: failure, partial or success.</summary>
    public string Result => Failed > 0 ? "failure" : NotRun > 0 ? "partial" : "success";

    public IEnumerable<string> Names(TestResult result) =>
        Outcomes.Where(outcome => outcome.Result == result).Select(outcome => outcome.Test.Name).Order(StringComparer.Ordinal);

    private int Count(TestResult result) => Outcomes.Count(outcome => outcome.Result == result);
}
