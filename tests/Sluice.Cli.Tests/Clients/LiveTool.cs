using System.Diagnostics;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Clients;

/// <summary>A program whose lines are looked at while it runs, and which can be told things.</summary>
internal sealed class LiveTool : IAsyncDisposable
{
    private readonly Process _process;
    private readonly LineLog _output = new();
    private readonly LineLog _error = new();

    private LiveTool(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => _error.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public static LiveTool Start(string program, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new LiveTool(new Process { StartInfo = start });
    }

    /// <summary>The first line, past or future, that contains the text.</summary>
    public async Task<string> WaitForLineAsync(string text)
    {
        try
        {
            return await _output.WaitForAsync(text).WaitAsync(SluiceProcess.Patience, TestContext.Current.CancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or EndOfStreamException)
        {
            throw new InvalidOperationException($"No line with '{text}'.\nstdout:\n{_output}\nstderr:\n{_error}", error);
        }
    }

    public bool HasLine(string text) => _output.ToString().Contains(text, StringComparison.Ordinal);

    public async Task<ProcessResult> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(SluiceProcess.Patience);
        return new ProcessResult(_process.ExitCode, _output.ToString(), _error.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
        _process.Dispose();
    }
}
