using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Sluice.Kubernetes.Access;

/// <summary>Runs an exec plugin once and gives what it printed.</summary>
internal sealed class ExecRunner(ExecPlugin plugin, Func<string, string?> environment)
{
    private const int MaxOutputBytes = 1 << 20;
    private const int MaxErrorBytes = 1024;

    /// <exception cref="ClusterAccessException">There is no such program, it fails, or takes too long.</exception>
    public async Task<byte[]> RunAsync()
    {
        var isInteractive = plugin.InteractiveMode != "Never" && !Console.IsInputRedirected;
        if (plugin.InteractiveMode == "Always" && !isInteractive)
            throw new ClusterAccessException($"{plugin.Purpose}: {plugin.Command} wants to ask the user (interactiveMode: Always), but there is no terminal");
        using var process = Start(isInteractive);
        using var time = new CancellationTokenSource(isInteractive ? Timeout.InfiniteTimeSpan : plugin.Timeout);
        try
        {
            var errors = isInteractive ? Task.FromResult("") : ReadErrorsAsync(process, time.Token);
            if (!isInteractive)
                process.StandardInput.Close();
            var output = await ReadOutputAsync(process, time.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(time.Token).ConfigureAwait(false);
            var said = await errors.ConfigureAwait(false);
            return process.ExitCode == 0
                ? output
                : throw new ClusterAccessException($"{plugin.Purpose}: {plugin.Command} failed with exit code {process.ExitCode}{(said.Length == 0 ? "" : ": " + said)}");
        }
        catch (OperationCanceledException error)
        {
            throw new ClusterAccessException(string.Create(CultureInfo.InvariantCulture, $"{plugin.Purpose}: {plugin.Command} did not finish within {plugin.Timeout.TotalSeconds:0.###} s"), error);
        }
        finally
        {
            Stop(process);
        }
    }

    private Process Start(bool isInteractive)
    {
        var start = new ProcessStartInfo(Find())
        {
            RedirectStandardOutput = true,
            RedirectStandardError = !isInteractive,
            RedirectStandardInput = !isInteractive,
            UseShellExecute = false,
        };
        foreach (var argument in plugin.Arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in plugin.Environment)
            start.Environment[name] = value;
        start.Environment["KUBERNETES_EXEC_INFO"] = ExecCredentialJson.WriteRequest(plugin, isInteractive);
        try
        {
            return Process.Start(start) ?? throw new ClusterAccessException($"{plugin.Purpose}: {plugin.Command} cannot be started");
        }
        catch (Win32Exception error)
        {
            throw new ClusterAccessException($"{plugin.Purpose}: {plugin.Command} cannot be started: {error.Message}", error);
        }
    }

    /// <summary>A name is looked for in PATH and nowhere else: not in the working directory, where anyone may have put a program.</summary>
    private string Find()
    {
        if (plugin.Command.Contains('/', StringComparison.Ordinal))
            return File.Exists(plugin.Command) ? plugin.Command : throw Missing("there is no such program");
        foreach (var folder in (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(folder, plugin.Command);
            if (Path.IsPathRooted(folder) && File.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0)
                return path;
        }

        throw Missing("there is no such program in PATH");
    }

    private ClusterAccessException Missing(string problem) =>
        new($"{plugin.Purpose}: {plugin.Command}: {problem}{(plugin.InstallHint is null ? "" : $"\n{plugin.InstallHint}")}");

    private async Task<byte[]> ReadOutputAsync(Process process, CancellationToken cancellation)
    {
        var stream = process.StandardOutput.BaseStream;
        using var output = new MemoryStream();
        var chunk = new byte[4096];
        for (var count = await stream.ReadAsync(chunk, cancellation).ConfigureAwait(false); count > 0; count = await stream.ReadAsync(chunk, cancellation).ConfigureAwait(false))
        {
            output.Write(chunk, 0, count);
            if (output.Length > MaxOutputBytes)
                throw new ClusterAccessException($"{plugin.Purpose}: {plugin.Command} printed more than {MaxOutputBytes >> 20} MiB");
        }

        return output.ToArray();
    }

    /// <summary>The first kilobyte; the rest is read too, or the program would wait for us.</summary>
    private static async Task<string> ReadErrorsAsync(Process process, CancellationToken cancellation)
    {
        var stream = process.StandardError.BaseStream;
        var kept = new byte[MaxErrorBytes];
        var length = 0;
        var chunk = new byte[4096];
        for (var count = await stream.ReadAsync(chunk, cancellation).ConfigureAwait(false); count > 0; count = await stream.ReadAsync(chunk, cancellation).ConfigureAwait(false))
        {
            var taken = Math.Min(count, kept.Length - length);
            chunk.AsSpan(0, taken).CopyTo(kept.AsSpan(length));
            length += taken;
        }

        return Encoding.UTF8.GetString(kept, 0, length).Trim();
    }

    private static void Stop(Process process)
    {
        try
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself in the meantime.
        }
    }
}
