using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Echo;

/// <summary><c>sluice echo --pods</c>: several backends in one process, told apart by address.</summary>
public sealed class EchoPodsTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pods_EachOnItsAddress_AnswerAndLogUnderTheirNames()
    {
        _folder.Write("pods.json", """
            [{"name": "one-0", "namespace": "a", "address": "127.0.0.1", "port": 0},
             {"name": "two-0", "namespace": "b", "address": "127.0.0.2", "port": 0}]
            """);
        await using var process = SluiceProcess.Start(["echo", "--pods", _folder["pods.json"]]);
        using var client = new HttpClient();

        foreach (var (pod, space) in new[] { ("one-0", "a"), ("two-0", "b") })
        {
            var line = await process.WaitForLineAsync($"[{space}/{pod}] sluice echo: ");
            var uri = new Uri(line.Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal)));
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(uri, $"/from-{pod}"));
            var answer = await HttpAnswer.SendAsync(client, request);

            Assert.Equal((pod, space, ""), (answer.Pod, answer.Member("namespace"), answer.Member("ingress")));
            Assert.Contains("\"ingress\": \"\"", answer.Body, StringComparison.Ordinal);
            await process.WaitForLineAsync($"[{space}/{pod}] Echoing back request made to /from-{pod} to client");
        }
    }

    [Theory]
    [InlineData("[]", "lists no pods")]
    [InlineData("""[{"name": "a", "namespace": "b", "address": "here"}]""", "is no IP address")]
    [InlineData("""[{"name": "a", "namespace": "b", "address": "127.0.0.1", "colour": "red"}]""", "colour")]
    [InlineData("""[{"name": "a", "address": "127.0.0.1"}]""", "namespace")]
    public async Task Pods_BrokenFile_IsRefused(string text, string message)
    {
        _folder.Write("pods.json", text);

        var result = await SluiceProcess.RunAsync("echo", "--pods", _folder["pods.json"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pods_WithAnOptionOfASinglePod_IsRefused()
    {
        var result = await SluiceProcess.RunAsync("echo", "--pods", _folder["pods.json"], "--port", "0");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--pods and --port exclude each other", result.Error, StringComparison.Ordinal);
    }
}
