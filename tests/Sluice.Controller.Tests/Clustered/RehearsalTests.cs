using Sluice.Controller.Clustered;
using Sluice.Controller.ProxyMode;
using Sluice.Proxy;

namespace Sluice.Controller.Tests.Clustered;

/// <summary>A rehearsal that fails would keep the program from serving.</summary>
public sealed class RehearsalTests
{
    [Fact]
    public async Task Controller_TakesItsOwnChangeToTheEnd() => await Rehearsal.RunAsync();

    [Fact]
    public async Task Proxy_ForgetsWhatItHasRehearsed()
    {
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });

        await ProxyRehearsal.RunAsync(server);

        var metrics = new StringWriter();
        server.WriteMetrics(metrics);
        Assert.DoesNotContain("rehearsal", metrics.ToString(), StringComparison.Ordinal);
    }
}
