using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Clients;

/// <summary>Events reach the client as they are sent: the next one is only made when the client has shown the one before.</summary>
public sealed class ServerSentEventsTests(ContentFixture fixture) : IClassFixture<ContentFixture>
{
    [Theory]
    [InlineData("--http1.0")]
    [InlineData("--http1.1")]
    [InlineData("--http2-prior-knowledge")]
    public async Task Events_AreStreamedAtOnce(string version)
    {
        await using var curl = LiveTool.Start(Tool.Find("curl", "curl"), ["-sSN", "--noproxy", "*", "--max-time", "50", version, $"{fixture.Gateway.Uri}/events"]);

        for (var i = 0; i < 3; i++)
        {
            fixture.Backend.ReleaseEvent();
            await curl.WaitForLineAsync($"data: event {i}");
            Assert.False(curl.HasLine($"data: event {i + 1}"));
        }

        Assert.Equal(0, (await curl.WaitForExitAsync()).ExitCode);
    }
}
