using System.Diagnostics;
using System.Globalization;

namespace Sluice.Cli.Tests.Support;

/// <summary>A Prometheus, with its data in a folder of its own.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private PrometheusServer(Process process, DirectoryInfo folder, int port)
    {
        _process = process;
        _folder = folder;
        Uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
    }

    public Uri Uri { get; }

    /// <summary>One that scrapes nothing.</summary>
    public static Task<PrometheusServer> StartAsync(int port) => StartAsync(port, "global: {}\n");

    /// <param name="configuration">The text of prometheus.yml.</param>
    public static async Task<PrometheusServer> StartAsync(string configuration)
    {
        // Prometheus cannot be given port 0, and a port that was free a moment ago may be somebody's by now.
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartAsync(FreePort.Next(), configuration);
            }
            catch (EndOfStreamException) when (attempt < 5)
            {
            }
        }
    }

    private static async Task<PrometheusServer> StartAsync(int port, string configuration)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-prometheus-");
        var file = Path.Combine(folder.FullName, "prometheus.yml");
        await File.WriteAllTextAsync(file, configuration);
        string[] arguments = [$"--config.file={file}", $"--storage.tsdb.path={folder.FullName}/data", $"--web.listen-address=127.0.0.1:{port}"];
        var process = new Process { StartInfo = new ProcessStartInfo(Tool.Find("prometheus", "prometheus"), arguments) { RedirectStandardError = true, RedirectStandardOutput = true } };
        var log = new LineLog();
        process.ErrorDataReceived += (_, line) => log.Add(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var server = new PrometheusServer(process, folder, port);
        try
        {
            await log.WaitForAsync("Server is ready to receive web requests").WaitAsync(SluiceProcess.Patience);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
