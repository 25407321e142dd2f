using Sluice.Proxy.Tests.Http2.Spec.Cases;
using Sluice.Proxy.Tests.Http2.Support;

namespace Sluice.Proxy.Tests.Http2.Spec;

/// <summary>The table against the proxy, one connection for each case.</summary>
public sealed class SpecTests(SpecFixture fixture) : IClassFixture<SpecFixture>
{
    public static TheoryData<string> Names => SpecCases.Names;

    /// <summary>The counts of h2spec: 44 generic, 95 of HTTP/2, 8 of HPACK.</summary>
    [Fact]
    public void Table_HasEveryCase()
    {
        var counts = SpecCases.All.GroupBy(requirement => requirement.Key.Split('/')[0]).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal(new Dictionary<string, int> { ["generic"] = 44, ["http2"] = 95, ["hpack"] = 8 }, counts);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Case_OverASocket_ComesOutAsRequired(string name)
    {
        var requirement = SpecCases.Get(name);
        await using var client = await Http2Client.OpenAsync(fixture.Proxy.EndPoint);
        client.GivesBack = false;
        if (!requirement.WithoutHandshake)
            await client.HandshakeAsync(requirement.Settings);

        await SpecStep.PlayAsync(client, requirement.Steps);
        try
        {
            await requirement.Outcome.VerifyAsync(client);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{name}: expected {requirement.Outcome.Text}; {client}", error);
        }

        // Whatever became of that connection, another one is served.
        await using var other = await Http2Client.ConnectAsync(fixture.Proxy.EndPoint);
        Assert.Equal(200, (await other.GetAsync(1)).Status);
    }
}
