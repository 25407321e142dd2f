using Sluice.Conformance.Data;

namespace Sluice.Conformance;

/// <summary>A test and how it is run. WhyNot says why it is not run; Procedure is null then, and only then.</summary>
internal sealed record TestDefinition(TestData Data, TestOrigin Origin, IReadOnlyList<string> Manifests, Func<TestRun, Task>? Procedure, string? WhyNot)
{
    public string Name => Data.Test;
}
