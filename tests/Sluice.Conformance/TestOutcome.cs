namespace Sluice.Conformance;

/// <summary>Message says what failed, or why the test was not run.</summary>
internal sealed record TestOutcome(TestDefinition Test, TestResult Result, TimeSpan Duration, string? Message);
