using System.Diagnostics;

namespace Sluice.Conformance;

/// <summary>Runs the tests of a plan on a rig: the serial ones in order, then the parallel ones together.</summary>
internal sealed class SuiteRunner(Rig rig, Action<TestOutcome> onOutcome)
{
    private readonly Lock _lock = new();

    public async Task<IReadOnlyList<TestOutcome>> RunAsync(IReadOnlyList<TestDefinition> plan, CancellationToken cancellation)
    {
        var outcomes = new List<TestOutcome>();
        foreach (var test in plan.Where(test => test.Procedure is null))
            outcomes.Add(new TestOutcome(test, TestResult.NotRun, TimeSpan.Zero, test.WhyNot));
        foreach (var test in plan.Where(test => test.Procedure is not null && !test.Data.Parallel))
            outcomes.Add(await OneAsync(test, cancellation));
        outcomes.AddRange(await Task.WhenAll(plan.Where(test => test.Procedure is not null && test.Data.Parallel).Select(test => OneAsync(test, cancellation))));
        return outcomes;
    }

    private async Task<TestOutcome> OneAsync(TestDefinition test, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        var run = new TestRun(rig, test, cancellation);
        var problem = await ProblemAsync(() => test.Procedure!(run), cancellation);
        // What a test leaves behind would fail the next one of the same names: it is part of the test that it goes.
        var left = await ProblemAsync(run.CleanUpAsync, cancellation);
        var message = problem ?? left;
        if (message is not null && rig.Sluice.HasExited)
            message = $"{message}\nsluice has ended:\n{rig.Sluice.Errors}";
        var outcome = new TestOutcome(test, message is null ? TestResult.Passed : TestResult.Failed, Stopwatch.GetElapsedTime(since), message);
        lock (_lock)
            onOutcome(outcome);
        return outcome;
    }

    /// <summary>Any exception fails the test and nothing else; one that is not expected says where it comes from.</summary>
    private static async Task<string?> ProblemAsync(Func<Task> step, CancellationToken cancellation)
    {
        try
        {
            await step();
            return null;
        }
        catch (ConformanceException error)
        {
            return error.Message;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            return error.ToString();
        }
    }
}
