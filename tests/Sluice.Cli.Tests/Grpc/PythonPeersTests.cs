namespace Sluice.Cli.Tests.Grpc;

/// <summary>Calls of gRPC's own client to its own server, through the proxy: what each check asks is in peers.py.</summary>
public sealed class PythonPeersTests(PythonPeers peers) : IClassFixture<PythonPeers>
{
    [Theory]
    [InlineData("unary_call")]
    [InlineData("empty_messages")]
    [InlineData("many_calls_at_once")]
    [InlineData("big_messages")]
    [InlineData("compressed_messages")]
    [InlineData("server_stream")]
    [InlineData("slow_reader")]
    [InlineData("client_stream")]
    [InlineData("bidirectional_stream")]
    [InlineData("trailers_only")]
    [InlineData("status_after_messages")]
    [InlineData("deadline")]
    [InlineData("deadline_of_the_proxy")]
    [InlineData("deadline_is_passed_on")]
    [InlineData("cancellation")]
    [InlineData("metadata")]
    [InlineData("huge_metadata")]
    [InlineData("unknown_method")]
    [InlineData("no_route")]
    [InlineData("no_backend")]
    [InlineData("dead_backend")]
    [InlineData("direct_response")]
    [InlineData("web")]
    [InlineData("web_text")]
    [InlineData("web_error")]
    [InlineData("web_over_http2")]
    public async Task Call_ThroughTheProxy_IsAsWithoutIt(string check)
    {
        var result = await peers.CheckAsync(check);

        Assert.True(result.ExitCode == 0 && result.Output == "ok\n", $"{check}: {result.Output}{result.Error}");
    }

    [Fact]
    public async Task Statuses_AreCounted()
    {
        await peers.CheckAsync("trailers_only");
        await peers.CheckAsync("no_route");

        var metrics = await peers.Sluice.GetAdminAsync("/metrics");

        foreach (var status in new[] { "9", "12" })
        {
            var line = metrics.Body.Split('\n').Single(line => line.StartsWith($"sluice_grpc_responses_total{{gateway=\"default/gw\",listener=\"http\",grpc_status=\"{status}\"}} ", StringComparison.Ordinal));
            Assert.False(line.EndsWith(" 0", StringComparison.Ordinal), line);
        }
    }
}
