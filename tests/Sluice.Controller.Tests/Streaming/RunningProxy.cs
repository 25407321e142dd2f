using System.Net;
using Sluice.Controller.ProxyMode;

namespace Sluice.Controller.Tests.Streaming;

/// <summary><c>sluice proxy</c> within the test.</summary>
internal sealed class RunningProxy : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null },
        PooledConnectionLifetime = TimeSpan.Zero,
    });
    private readonly Task _running;
    private readonly IPEndPoint _admin;

    private RunningProxy(ProxyModeOptions options)
    {
        Address = options.Addresses[0];
        var started = new TaskCompletionSource<IPEndPoint>(TaskCreationOptions.RunContinuationsAsynchronously);
        var runner = new ProxyRunner(options, new ProxyModeReporter(TextWriter.Synchronized(_output), TextWriter.Synchronized(_error)))
        {
            WhenStarted = endPoint => started.SetResult(endPoint!),
        };
        _running = Task.Run(() => runner.RunAsync(_stop.Token));
        _admin = Task.WhenAny(started.Task, _running).GetAwaiter().GetResult() == started.Task ? started.Task.Result : throw _running.Exception!;
    }

    public IPAddress Address { get; }

    public string Output => _output.ToString();

    public string Errors => _error.ToString();

    public static RunningProxy Start(ProxyModeOptions options) => new(options);

    public async Task<(int Status, string Body)> AdminAsync(string path)
    {
        using var response = await _client.GetAsync($"http://{_admin}{path}");
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task WaitReadyAsync()
    {
        for (var attempt = 0; attempt < 3000; attempt++)
        {
            if ((await AdminAsync("/readyz")).Status == 200)
                return;
            await Task.Delay(20);
        }

        throw new TimeoutException($"the proxy is never ready; it says: {Output}{Errors}");
    }

    /// <summary>What the proxy answers.</summary>
    public Task<string> GetAsync(int port, string scheme = "http") => _client.GetStringAsync($"{scheme}://{Address}:{port}/");

    /// <summary>As SIGTERM.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running.Within("the proxy to stop");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        _stop.Dispose();
    }
}
