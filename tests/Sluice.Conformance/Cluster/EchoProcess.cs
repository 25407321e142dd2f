using System.Text.RegularExpressions;

namespace Sluice.Conformance.Cluster;

/// <summary>One <c>sluice echo --pods</c> that plays all pods of a manifest; its output is their logs.</summary>
internal sealed partial class EchoProcess : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly Dictionary<string, List<string>> _lines;

    private EchoProcess(ChildProcess process, Dictionary<string, List<string>> lines)
    {
        _process = process;
        _lines = lines;
    }

    public static async Task<EchoProcess> StartAsync(string sluice, string file, IReadOnlyList<Pod> pods, CancellationToken cancellation)
    {
        var lines = pods.ToDictionary(pod => pod.ToString(), _ => new List<string>());
        var started = 0;
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = ChildProcess.Start(sluice, ["echo", "--pods", file], line =>
        {
            if (Line().Match(line) is not { Success: true } match || !lines.TryGetValue(match.Groups["pod"].Value, out var log))
                return;
            if (match.Groups["text"].Value.StartsWith("sluice echo: ", StringComparison.Ordinal))
            {
                if (Interlocked.Increment(ref started) == pods.Count)
                    ready.TrySetResult();
                return;
            }
            lock (log)
                log.Add(match.Groups["text"].Value);
        });
        try
        {
            await process.WaitForAsync(ready.Task, "the echo's pods listen", cancellation);
            return new EchoProcess(process, lines);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>How many lines of the pods with this prefix of their names contain the text.</summary>
    public int CountLines(string space, string prefix, string text)
    {
        var count = 0;
        foreach (var (_, log) in _lines.Where(pair => pair.Key.StartsWith($"{space}/{prefix}", StringComparison.Ordinal)))
        {
            lock (log)
                count += log.Count(line => line.Contains(text, StringComparison.Ordinal));
        }
        return count;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    [GeneratedRegex(@"^\[(?<pod>[^\]]+)\] (?<text>.*)$")]
    private static partial Regex Line();
}
