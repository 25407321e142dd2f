using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Sluice.Conformance.Reporting;

namespace Sluice.Conformance;

/// <summary>The command line: runs the suite once or several times, prints the tables and writes the report.</summary>
internal static class ConformanceCommand
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int Usage = 2;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var data = new Option<string>("--data") { Description = "The suite's manifests and expectations. Default: $SLUICE_CONFORMANCE_DATA, else ../shared/conformance.", HelpName = "FOLDER", DefaultValueFactory = _ => Checkout.Data };
        var sluice = new Option<string>("--sluice") { Description = "The program to test. Default: $SLUICE_BINARY, else the one built here.", HelpName = "FILE", DefaultValueFactory = _ => Checkout.Sluice };
        var report = new Option<string>("--report") { Description = "Where the ConformanceReport goes. Default: artifacts/conformance/report.yaml.", HelpName = "FILE", DefaultValueFactory = _ => Checkout.Report };
        var tests = new Option<string[]>("--test") { Description = "Only tests with this in their names. Repeatable. No report is written then.", HelpName = "TEXT", DefaultValueFactory = _ => [] };
        var repeat = new Option<int>("--repeat") { Description = "How often the whole suite is run, each time from nothing.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var unclaimed = new Option<bool>("--unclaimed") { Description = "Also run the tests of features that the GatewayClass does not claim. No report is written then." };
        repeat.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--repeat must be at least 1.");
        });
        var command = new RootCommand("Run the Gateway API conformance suite against sluice.") { data, sluice, report, tests, repeat, unclaimed };
        command.SetAction((parsed, cancellation) => RunAsync(
            new RigOptions(parsed.GetValue(data)!, parsed.GetValue(sluice)!),
            parsed.GetValue(report)!,
            parsed.GetValue(tests)!,
            parsed.GetValue(repeat),
            parsed.GetValue(unclaimed),
            cancellation));
        return await command.Parse(arguments).InvokeAsync();
    }

    private static async Task<int> RunAsync(RigOptions options, string report, string[] filter, int repeat, bool withUnclaimed, CancellationToken cancellation)
    {
        try
        {
            Check(options);
            var (passed, failed, skipped) = (0, 0, 0);
            for (var round = 1; round <= repeat; round++)
            {
                if (repeat > 1)
                    Console.WriteLine($"== run {round} of {repeat}");
                var outcomes = await OnceAsync(options, filter, withUnclaimed, filter.Length == 0 && !withUnclaimed ? report : null, cancellation);
                passed += outcomes.Count(outcome => outcome.Result == TestResult.Passed);
                failed += outcomes.Count(outcome => outcome.Result == TestResult.Failed);
                // Mesh is another product's part of the suite: its profiles are not claimed, so that nothing of them is missing.
                skipped += outcomes.Count(outcome => outcome.Result == TestResult.NotRun && !outcome.Test.Data.IsOfMesh);
            }
            // The form that ./test reads.
            Console.WriteLine($"Total: {passed + failed + skipped}, Errors: 0, Failed: {failed}, Skipped: {skipped}");
            if (passed + failed == 0)
                throw new UsageException($"no test was run{(filter.Length > 0 ? $": none has {string.Join(" or ", filter)} in its name and can be run" : "")}");
            return failed == 0 ? Success : Failure;
        }
        catch (UsageException error)
        {
            await Console.Error.WriteLineAsync($"conformance: {error.Message}");
            return Usage;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            // Said here, because the command line library takes a request that timed out for a wish to stop, and ends without a word.
            await Console.Error.WriteLineAsync($"conformance: the run could not be carried out: {error}");
            return Failure;
        }
    }

    private static async Task<IReadOnlyList<TestOutcome>> OnceAsync(RigOptions options, string[] filter, bool withUnclaimed, string? report, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        await using var rig = await Rig.StartAsync(options, cancellation);
        var plan = Catalogue.Plan(options.Data, withUnclaimed ? Profile.AllFeatures : rig.Features)
            .Where(test => filter.Length == 0 || filter.Any(part => test.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        var outcomes = await new SuiteRunner(rig, Show).RunAsync(plan, cancellation);
        Console.Write(SummaryText.Write(outcomes, rig.Features));
        if (report is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(report)!);
            await File.WriteAllTextAsync(report, ReportFile.Write(outcomes, rig.Features, Version(options.Sluice), DateTimeOffset.UtcNow), cancellation);
            Console.WriteLine($"report: {report}");
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time: {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s"));
        return outcomes;
    }

    private static void Show(TestOutcome outcome) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{(outcome.Result == TestResult.Passed ? "pass" : "FAIL")} {outcome.Duration.TotalSeconds,6:F2} s  {outcome.Test.Name}{(outcome.Message is null ? "" : $": {outcome.Message}")}"));

    private static void Check(RigOptions options)
    {
        if (!File.Exists(Path.Combine(options.Data, "expectations.json")))
            throw new UsageException($"{options.Data} has no expectations.json; --data or $SLUICE_CONFORMANCE_DATA names the folder of the suite's data.");
        if (!File.Exists(options.Sluice))
            throw new UsageException($"{options.Sluice} does not exist: build Sluice.Cli, or name a program with --sluice or $SLUICE_BINARY.");
    }

    /// <summary>What the program says of itself: the second word of "sluice 0.1.0 …".</summary>
    private static string Version(string sluice)
    {
        using var process = Process.Start(new ProcessStartInfo(sluice, ["version"]) { RedirectStandardOutput = true }) ?? throw new UsageException($"{sluice} does not start");
        var line = process.StandardOutput.ReadLine() ?? "";
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return line.Split(' ') is [_, var version, ..] ? version : throw new UsageException($"{sluice} version says \"{line}\"");
    }
}
