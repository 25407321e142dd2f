using System.Diagnostics;
using System.Globalization;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Grpc;

/// <summary>A server of gRPC's own library behind <c>sluice run</c>, shared by all checks: HTTP/2 in cleartext on both sides.</summary>
public sealed class PythonPeers : IAsyncLifetime
{
    private static readonly string Script = Path.Combine(Repository.Root, "tests/Sluice.Cli.Tests/Grpc/peers.py");

    private readonly ManifestFolder _manifests = new();
    private Process? _server;
    private RunningSluice? _sluice;
    private string _python = "";

    public int Port { get; } = FreePort.Next();

    internal RunningSluice Sluice => _sluice!;

    public async ValueTask InitializeAsync()
    {
        // The system's own interpreter: Debian's package does not reach another one.
        _python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : Tool.Find("python3", "python3-grpcio");
        var probe = await Tool.ShellAsync($"{_python} -c 'import grpc'");
        Assert.True(probe.ExitCode == 0, $"{_python} has no grpc: apt-get install --no-install-recommends python3-grpcio\n{probe.Error}");

        _server = Process.Start(new ProcessStartInfo(_python, [Script, "server"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var line = await _server.StandardOutput.ReadLineAsync().WaitAsync(SluiceProcess.Patience);
        var ports = (line ?? "").Split(' ');
        Assert.True(ports is ["serving", _, _], $"the server said: {line}");
        var manifest = await File.ReadAllTextAsync(Path.ChangeExtension(Script, ".yaml"));
        _manifests.Write("peers.yaml", manifest
            .Replace("PORT", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("BACKEND", ports[1], StringComparison.Ordinal)
            .Replace("SILENT", ports[2], StringComparison.Ordinal));
        _sluice = await RunningSluice.StartAsync(_manifests.Path);
    }

    /// <summary>Makes the calls of one check.</summary>
    internal Task<ProcessResult> CheckAsync(string name) => Tool.ShellAsync(string.Create(CultureInfo.InvariantCulture, $"{_python} {Script} client {Port} {name}"));

    public async ValueTask DisposeAsync()
    {
        if (_sluice is not null)
            await _sluice.DisposeAsync();
        if (_server is not null)
        {
            // It ends by itself with its input.
            _server.StandardInput.Close();
            await _server.WaitForExitAsync(CancellationToken.None).WaitAsync(SluiceProcess.Patience, CancellationToken.None);
            _server.Dispose();
        }
        _manifests.Dispose();
    }
}
