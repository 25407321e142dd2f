using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sluice.Conformance;

/// <summary>The command as a child. It is asked to end on disposal, and ended when it does not.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int LinesKept = 40;

    /// <summary>A net against hanging, far above what starting and stopping take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Queue<string> _lastErrors = new();

    private ChildProcess(Process process, Action<string> onLine)
    {
        _process = process;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null)
                onLine(line.Data);
        };
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The last lines of standard error.</summary>
    public string Errors
    {
        get
        {
            lock (_lastErrors)
                return string.Join('\n', _lastErrors);
        }
    }

    public bool HasExited => _process.HasExited;

    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="onLine">Given each line of standard output, one after the other.</param>
    public static ChildProcess Start(string file, IEnumerable<string> arguments, Action<string> onLine)
    {
        var start = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        return new ChildProcess(new Process { StartInfo = start }, onLine);
    }

    /// <summary>Waits for something that the process must do, and says what it said when it does not.</summary>
    public async Task WaitForAsync(Task task, string what, CancellationToken cancellation)
    {
        var exit = _process.WaitForExitAsync(cancellation);
        var first = await Task.WhenAny(task, exit, Task.Delay(Patience, cancellation));
        cancellation.ThrowIfCancellationRequested();
        if (first != task)
            throw new UsageException($"waited for: {what}; {(first == exit ? $"the process ended with {_process.ExitCode}" : "it did not come")}\n{Errors}");
        await task;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Kill(_process.Id, SigTerm);
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }
        _process.Dispose();
    }

    private void Remember(string? line)
    {
        if (line is null)
            return;
        lock (_lastErrors)
        {
            _lastErrors.Enqueue(line);
            if (_lastErrors.Count > LinesKept)
                _lastErrors.Dequeue();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
