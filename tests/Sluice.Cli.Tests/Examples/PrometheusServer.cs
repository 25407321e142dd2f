using System.Diagnostics;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Examples;

/// <summary>A Prometheus that scrapes nothing, with its data in a folder of its own.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private PrometheusServer(Process process, DirectoryInfo folder)
    {
        _process = process;
        _folder = folder;
    }

    public static async Task<PrometheusServer> StartAsync(int port)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-prometheus-");
        var configuration = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, "global: {}\n");
        string[] arguments = [$"--config.file={configuration}", $"--storage.tsdb.path={folder.FullName}/data", $"--web.listen-address=127.0.0.1:{port}"];
        var process = new Process { StartInfo = new ProcessStartInfo(Tool.Find("prometheus", "prometheus"), arguments) { RedirectStandardError = true, RedirectStandardOutput = true } };
        var log = new LineLog();
        process.ErrorDataReceived += (_, line) => log.Add(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        await log.WaitForAsync("Server is ready to receive web requests").WaitAsync(SluiceProcess.Patience);
        return new PrometheusServer(process, folder);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
