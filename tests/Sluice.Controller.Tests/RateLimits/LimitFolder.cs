using System.Net;
using System.Threading.Channels;
using Sluice.Controller.RateLimits;

namespace Sluice.Controller.Tests.RateLimits;

/// <summary>A folder with a file of limits, and a server that reads it.</summary>
internal sealed class LimitFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("limits");
    private readonly Channel<string> _reports = Channel.CreateUnbounded<string>();

    public LimitFolder(string text) => Write(text);

    /// <summary>In one step, so that nobody reads half of it.</summary>
    public void Write(string text)
    {
        var written = Path.Combine(_folder.FullName, "limits.new");
        File.WriteAllText(written, text);
        File.Move(written, Path.Combine(_folder.FullName, "limits.yaml"), overwrite: true);
    }

    public Task<RateLimitServer> StartAsync() => RateLimitServer.StartAsync(new RateLimitOptions
    {
        Configuration = _folder.FullName,
        EndPoint = new IPEndPoint(IPAddress.Loopback, 0),
        ReloadInterval = TimeSpan.FromMilliseconds(20),
        Report = message => _reports.Writer.TryWrite(message),
    });

    public async Task<string> NextReportAsync() => await _reports.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public void Dispose() => _folder.Delete(recursive: true);
}
