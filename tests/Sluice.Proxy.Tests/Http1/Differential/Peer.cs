using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>
/// Another HTTP implementation as a child process, listening on a Unix socket in a folder of its own. A shell holds it and ends
/// it when its own standard input ends, so that no child outlives the test run, however that ends.
/// </summary>
internal abstract partial class Peer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-peer-");
    private Process? _holder;

    /// <summary>As people call it.</summary>
    public abstract string Name { get; }

    /// <summary>The version that is installed, for example "1.22.1"; null when the program is not installed.</summary>
    public string? Version { get; private set; }

    public UnixDomainSocketEndPoint EndPoint => new(SocketPath);

    protected string SocketPath => Path.Combine(_folder.FullName, "front");

    protected string Folder => _folder.FullName;

    /// <summary>The program and what makes it print its version.</summary>
    protected abstract (string Program, string VersionArgument) Executable { get; }

    /// <summary>Writes what the program needs into <see cref="Folder"/> and returns its arguments.</summary>
    protected abstract string[] Configure();

    /// <summary>Starts the program; false when it is not installed.</summary>
    public async Task<bool> TryStartAsync()
    {
        Version = await FindVersionAsync();
        if (Version is null)
            return false;
        _holder = Start("sh", ["-c", "\"$@\" & child=$!; cat >/dev/null; kill $child; wait $child", "sh", Find(Executable.Program), .. Configure()]);
        await WaitUntilListeningAsync();
        return true;
    }

    /// <summary>Sends a text and notes what came of it.</summary>
    public abstract Task<PeerReading> ReadAsync(string text, bool endsStream);

    public virtual async ValueTask DisposeAsync()
    {
        if (_holder is not null)
        {
            _holder.StandardInput.Close();
            await _holder.WaitForExitAsync().Within($"{Name} to end");
            _holder.Dispose();
        }
        _folder.Delete(recursive: true);
    }

    private async Task WaitUntilListeningAsync()
    {
        for (var deadline = Environment.TickCount64 + (long)Guard.Limit.TotalMilliseconds; ;)
        {
            try
            {
                await using var client = await RawClient.ConnectAsync(EndPoint);
                return;
            }
            catch (SocketException) when (Environment.TickCount64 < deadline && !_holder!.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    private async Task<string?> FindVersionAsync()
    {
        try
        {
            using var process = Start(Executable.Program, [Executable.VersionArgument]);
            var text = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return VersionNumber().Match(text).Value;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static Process Start(string program, string[] arguments) => Process.Start(new ProcessStartInfo(Find(program), arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Servers live in sbin, which not every PATH has.</summary>
    private static string Find(string program)
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/sbin", "/sbin"];
        return folders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists) ?? program;
    }

    [GeneratedRegex(@"[0-9]+\.[0-9]+\.[0-9]+")]
    private static partial Regex VersionNumber();
}
