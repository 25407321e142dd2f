using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Abuse;

/// <summary>Floods against the default limits: each ends its own connection, is counted by its name, and disturbs nobody.</summary>
public sealed class FloodTests
{
    public static TheoryData<string> Names => [.. Floods.All.Select(flood => flood.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Flood_EndsItsConnectionOnly(string name)
    {
        var flood = Floods.Get(name);
        await using var backend = SpecBackend.Start();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var bystander = await Http2Client.ConnectAsync(proxy.EndPoint);
        await using var attacker = await Http2Client.ConnectAsync(proxy.EndPoint);
        var stream = -1;
        async Task ServeBystander() => Assert.Equal(200, (await bystander.GetAsync(stream += 2)).Status);

        var ended = await flood.RunAsync(attacker, ServeBystander);

        Assert.True(ended, $"{flood.Times} times were not too many; {attacker}");
        Assert.Equal(Http2Error.EnhanceYourCalm, attacker.GoneAway?.ErrorCode);
        Assert.Equal(1, proxy.Server.Metric($"sluice_http2_connection_errors_total{{reason=\"{flood.Reason}\"}}"));
        await ServeBystander();
        Assert.Null(bystander.GoneAway);
    }
}
