using System.CommandLine;
using System.Net;
using System.Text.Json;
using Sluice.Cli.Options;
using Sluice.Cli.Output;
using Sluice.Controller.Reports;
using Sluice.Controller.Standalone;

namespace Sluice.Cli.Top;

/// <summary><c>sluice top</c>: rules of routes by rate, errors, latency or bytes, of a running instance.</summary>
internal static class TopCommand
{
    /// <summary>Lines of a window that are no rows: the sum, the heading, what was left out, the prompt.</summary>
    private const int OtherLines = 6;

    private static readonly TimeSpan MinInterval = TimeSpan.FromMilliseconds(100);

    public static Command Create()
    {
        var admin = NetworkOptions.EndPoint("--admin", "The running instance's admin endpoint. Default: 127.0.0.1:19000.");
        var interval = NetworkOptions.Duration("--interval", "How long is counted for one table. Default: 2s.");
        interval.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && DurationText.TryParse(token.Value, out var given) && given < MinInterval)
                result.AddError($"--interval is '{token.Value}'; it must be at least {MinInterval.TotalMilliseconds}ms.");
        });
        var count = NetworkOptions.Number("--count", "How many tables. Default: one, or no end on a terminal.", 1, 1_000_000);
        var sort = ParsedOption.Create<TopSort?>("--sort", "rate|errors|latency|bytes", "What comes first: most requests (default), most 5xx, highest P99, most bytes.", "rate, errors, latency or bytes", TryParse);
        var output = OutputOption.Create();
        var command = new Command("top", "Show what routes do now: requests, errors, latency, bytes.") { admin, interval, count, sort, output };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(admin) ?? StandaloneOptions.DefaultAdmin,
            parsed.GetValue(interval) ?? TimeSpan.FromSeconds(2),
            parsed.GetValue(count),
            parsed.GetValue(sort) ?? TopSort.Rate,
            parsed.GetValue(output),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IPEndPoint admin, TimeSpan interval, int? count, TopSort sort, OutputFormat format, CancellationToken cancellation)
    {
        var isWindow = format == OutputFormat.Text && !Console.IsOutputRedirected;
        var left = count ?? (Console.IsOutputRedirected ? 1 : int.MaxValue);
        var before = await LookAsync(admin, cancellation);
        while (left > 0)
        {
            await Task.Delay(interval, cancellation);
            var after = await LookAsync(admin, cancellation);

            // Another process counts from zero: there is nothing to compare with.
            if (after.Instance == before.Instance)
            {
                Show(TopRates.Between(before, after, sort), format, isWindow);
                if (left != int.MaxValue)
                    left--;
            }

            before = after;
        }

        return ExitCode.Success;
    }

    private static void Show(TopRates rates, OutputFormat format, bool isWindow)
    {
        if (format == OutputFormat.Json)
        {
            Terminal.Output.WriteLine(JsonSerializer.Serialize(rates, TopJson.Default.TopRates));
            return;
        }

        if (isWindow)
            Console.Out.Write("\e[H\e[2J");
        TopText.Write(rates, Terminal.Output, isWindow && Console.WindowHeight > OtherLines ? Console.WindowHeight - OtherLines : int.MaxValue);
    }

    private static async Task<TopReport> LookAsync(IPEndPoint admin, CancellationToken cancellation)
    {
        var json = await AdminClient.GetAsync(admin, "/top", cancellation);
        try
        {
            return JsonSerializer.Deserialize(json, ReportJson.Default.TopReport) ?? throw new JsonException("it is null");
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"what answers there is no Sluice admin endpoint of this version: {error.Message}");
        }
    }

    private static bool TryParse(string text, out TopSort? sort)
    {
        sort = text switch
        {
            "rate" => TopSort.Rate,
            "errors" => TopSort.Errors,
            "latency" => TopSort.Latency,
            "bytes" => TopSort.Bytes,
            _ => null,
        };
        return sort is not null;
    }
}
