using System.Text;
using System.Text.RegularExpressions;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Api;

public sealed partial class ApiCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sluice-api-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Api_KeepsObjects_ThroughARestart()
    {
        using var client = new HttpClient();
        await using (var first = SluiceProcess.Start("api", "--listen", "127.0.0.1:0", "--data", _folder))
        {
            var address = await AddressAsync(first);
            using var body = new StringContent("""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"kept"}}""", Encoding.UTF8, "application/json");
            using var made = await client.PostAsync(new Uri($"{address}/api/v1/namespaces/default/configmaps"), body, TestContext.Current.CancellationToken);
            Assert.Equal(201, (int)made.StatusCode);
            first.Terminate();
            Assert.Equal(0, (await first.WaitForExitAsync()).ExitCode);
        }

        await using var second = SluiceProcess.Start("api", "--listen", "127.0.0.1:0", "--data", _folder);
        var found = await client.GetStringAsync(new Uri($"{await AddressAsync(second)}/api/v1/namespaces/default/configmaps/kept"), TestContext.Current.CancellationToken);
        Assert.Contains("\"name\":\"kept\"", found, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "default", "configmap", "kept.yaml")));

        var third = await SluiceProcess.RunAsync("api", "--listen", "127.0.0.1:0", "--data", _folder);
        Assert.Equal(1, third.ExitCode);
        Assert.Contains("in use by another process", third.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_OnOtherAddresses_WantsATokenAndTls()
    {
        var token = Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(token, "a-token-of-some-length\n", TestContext.Current.CancellationToken);

        var bare = await SluiceProcess.RunAsync("api", "--listen", "0.0.0.0:0");
        var half = await SluiceProcess.RunAsync("api", "--listen", "0.0.0.0:0", "--token-file", token);
        var missing = await SluiceProcess.RunAsync("api", "--token-file", Path.Combine(_folder, "nope"));

        Assert.Equal((2, 2, 1), (bare.ExitCode, half.ExitCode, missing.ExitCode));
        Assert.Contains("--token-file FILE", bare.Error, StringComparison.Ordinal);
        Assert.Contains("--tls-cert-file", half.Error, StringComparison.Ordinal);
    }

    private static async Task<string> AddressAsync(SluiceProcess process) => Address().Match(await process.WaitForLineAsync("Kubernetes API at")).Value;

    [GeneratedRegex("http://.*$")]
    private static partial Regex Address();
}
