namespace Sluice.Conformance;

internal enum TestResult
{
    Passed,
    Failed,
    NotRun,
}
