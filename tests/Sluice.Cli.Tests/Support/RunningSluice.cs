using System.Globalization;

namespace Sluice.Cli.Tests.Support;

/// <summary><c>sluice run</c>, ready, with its admin endpoint on a free port, and clients for both.</summary>
internal sealed class RunningSluice : IAsyncDisposable
{
    private const string AdminLine = "Admin endpoint ";
    private const string ApiLine = "Kubernetes API ";

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    private RunningSluice(SluiceProcess process, Uri admin)
    {
        Process = process;
        Admin = admin;
    }

    public SluiceProcess Process { get; }

    public Uri Admin { get; }

    /// <summary>HOST:PORT, as <c>--admin</c> takes it.</summary>
    public string AdminAddress => Admin.Authority;

    public static Task<RunningSluice> StartAsync(string path, params string[] arguments) => StartWithAsync([], path, arguments);

    /// <param name="environment">As for <see cref="SluiceProcess.StartWith"/>.</param>
    /// <param name="path">Manifests.</param>
    /// <param name="arguments">More of them.</param>
    public static async Task<RunningSluice> StartWithAsync(IReadOnlyList<string> environment, string path, params string[] arguments)
    {
        var process = SluiceProcess.StartWith(environment, ["run", path, "--admin", "127.0.0.1:0", .. WithoutApi(arguments), .. arguments]);
        try
        {
            var admin = await process.WaitForLineAsync(AdminLine);
            await process.WaitForLineAsync("Ready in ");
            return new RunningSluice(process, new Uri(admin[AdminLine.Length..]));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where the Kubernetes API is that <c>--api</c> has asked for.</summary>
    public async Task<Uri> ApiAsync() => new((await Process.WaitForLineAsync(ApiLine))[ApiLine.Length..].Split(' ')[0]);

    /// <summary>Sends GET to a Gateway's listener.</summary>
    public async Task<HttpAnswer> GetAsync(int port, string host, string target, string address = "127.0.0.1", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"http://{address}:{port}{target}"));
        request.Headers.Host = host;
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await HttpAnswer.SendAsync(_client, request);
    }

    public async Task<HttpAnswer> GetAdminAsync(string target)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Admin, target));
        return await HttpAnswer.SendAsync(_client, request);
    }

    /// <summary>Asks again and again until the answer is as expected: a changed manifest takes effect a moment later.</summary>
    public async Task<HttpAnswer> GetUntilAsync(Func<HttpAnswer, bool> expected, int port, string host, string target)
    {
        using var patience = new CancellationTokenSource(SluiceProcess.Patience);
        while (true)
        {
            var answer = await GetAsync(port, host, target);
            if (expected(answer))
                return answer;
            Assert.False(patience.IsCancellationRequested, $"The last answer was {answer.Status}: {answer.Body}\n{Process.Error}");
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Process.DisposeAsync();
    }

    /// <summary>Its usual port is one for all: tests that want an API name another.</summary>
    private static string[] WithoutApi(string[] arguments) => arguments.Contains("--api") ? [] : ["--api", "off"];
}
