using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sluice.Cli.Tests.Support;

/// <summary>The command as a child process. Ended by its own handle, at the latest on disposal.</summary>
internal sealed partial class SluiceProcess : IAsyncDisposable
{
    /// <summary>A net against hanging, far above what any step takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const int SigTerm = 15;
    private const int SigHup = 1;
    private const int SigInt = 2;

    private readonly Process _process;
    private readonly LineLog _output = new();
    private readonly LineLog _error = new();

    private SluiceProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => _error.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public static SluiceProcess Start(params IReadOnlyList<string> arguments) => StartIn(Repository.Root, arguments);

    public static SluiceProcess StartIn(string directory, params IReadOnlyList<string> arguments) => Start(directory, [], arguments);

    /// <param name="environment">"NAME=value" each, or "--unset=NAME".</param>
    /// <param name="arguments">Of sluice.</param>
    public static SluiceProcess StartWith(IReadOnlyList<string> environment, params IReadOnlyList<string> arguments) => Start(Repository.Root, environment, arguments);

    private static SluiceProcess Start(string directory, IReadOnlyList<string> environment, IReadOnlyList<string> arguments)
    {
        // A shell lets its background jobs ignore SIGINT, and children inherit that: here it has its usual meaning again.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", .. environment, Repository.Binary, .. arguments])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        return new SluiceProcess(new Process { StartInfo = start });
    }

    /// <summary>Runs a command to its end.</summary>
    public static async Task<ProcessResult> RunAsync(params IReadOnlyList<string> arguments)
    {
        await using var process = Start(arguments);
        return await process.WaitForExitAsync();
    }

    /// <summary>The first line of standard output, past or future, that contains the text.</summary>
    public Task<string> WaitForLineAsync(string text) => WaitForAsync(_output, text);

    public Task<string> WaitForErrorLineAsync(string text) => WaitForAsync(_error, text);

    public void Terminate() => Signal(SigTerm);

    public void Interrupt() => Signal(SigInt);

    public void HangUp() => Signal(SigHup);

    public async Task<ProcessResult> WaitForExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        return new ProcessResult(_process.ExitCode, Output, Error);
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

    private async Task<string> WaitForAsync(LineLog log, string text)
    {
        try
        {
            return await log.WaitForAsync(text).WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        catch (Exception error) when (error is TimeoutException or EndOfStreamException)
        {
            throw new InvalidOperationException($"No line with '{text}'.\nstdout:\n{Output}\nstderr:\n{Error}", error);
        }
    }

    private void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
