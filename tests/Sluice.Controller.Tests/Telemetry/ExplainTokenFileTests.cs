using System.Collections.Concurrent;
using System.Globalization;
using Sluice.Controller.Standalone;
using Sluice.Controller.Telemetry;
using Sluice.Controller.Tests.Streaming;
using Sluice.Proxy;

namespace Sluice.Controller.Tests.Telemetry;

public sealed class ExplainTokenFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-token-");
    private readonly ConcurrentQueue<string> _warnings = new();

    private string Token => Path.Combine(_folder.FullName, "token");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("short")]
    [InlineData("")]
    [InlineData("with spaces in the middle of it")]
    [InlineData("öäü öäü öäü öäü öäü")]
    public async Task File_WithoutAToken_IsAnError(string content)
    {
        await File.WriteAllTextAsync(Token, content, TestContext.Current.CancellationToken);
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });

        var error = Assert.Throws<StandaloneException>(() => ExplainTokenFile.Open(Token, server, _warnings.Enqueue, TimeProvider.System));

        Assert.Contains($"--explain-token-file {Token}: a token has 16 to 4096 visible ASCII characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_ThatIsNotThere_IsAnError()
    {
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });

        Assert.Throws<StandaloneException>(() => ExplainTokenFile.Open(Token, server, _warnings.Enqueue, TimeProvider.System));
        Assert.Null(ExplainTokenFile.Open(null, server, _warnings.Enqueue, TimeProvider.System));
    }

    [Fact]
    public async Task File_ThatChanges_IsReadAgain_AndOneThatIsBroken_SwitchesItOff()
    {
        await File.WriteAllTextAsync(Token, "first-token-of-all\n", TestContext.Current.CancellationToken);
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });
        var address = Loopback.NewAddress();
        var port = Loopback.FreePort(address);
        await server.ApplyAsync(TestConfigurations.Answering(port, "x") with { Addresses = [address.ToString()] });
        using var client = new HttpClient();
        await using var file = ExplainTokenFile.Open(Token, server, _warnings.Enqueue, TimeProvider.System);
        Assert.True(await IsExplainedAsync("first-token-of-all"));

        await File.WriteAllTextAsync(Token, "second-token-of-all", TestContext.Current.CancellationToken);
        await UntilAsync(async () => await IsExplainedAsync("second-token-of-all"));
        Assert.False(await IsExplainedAsync("first-token-of-all"));

        File.Delete(Token);
        await UntilAsync(async () => !await IsExplainedAsync("second-token-of-all"));
        Assert.Contains("nothing is explained", Assert.Single(_warnings), StringComparison.Ordinal);

        await File.WriteAllTextAsync(Token, "second-token-of-all", TestContext.Current.CancellationToken);
        await UntilAsync(async () => await IsExplainedAsync("second-token-of-all"));

        async Task<bool> IsExplainedAsync(string token)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"http://{address}:{port}/"));
            request.Headers.Add("x-sluice-explain", token);
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            return response.Headers.Contains("x-sluice-explanation");
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await condition())
            await Task.Delay(20, patience.Token);
    }
}
