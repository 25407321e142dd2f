using Sluice.Proxy.Tests.Http1.Fuzz;
using Sluice.Proxy.Tests.Http1.Responses;
using Sluice.Proxy.Tests.Http2.Spec.Responses;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Fuzz;

/// <summary>
/// A backend over HTTP/1.1 that answers with mutated responses, to one client over HTTP/2: each stream gets a well-formed answer
/// or a reset, the streams beside it their own, the connection lives on, and no descriptor stays behind.
/// </summary>
[Collection(FuzzCollection.Name)]
public sealed class BackendFuzzTests
{
    [Theory]
    [InlineData(41)]
    [InlineData(42)]
    public async Task MutatedResponses_HarmNoOtherStream(int seed)
    {
        var mutator = new Mutator(seed, [.. ResponseCases.All.Select(oddity => oddity.Text).Where(text => text.Length is > 0 and < 1000)]);
        var text = "";
        await using var backend = OddBackend.Start(() => text, () => true);
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);
        Assert.Equal("next", (await client.GetAsync(1, "/next")).Body);
        var before = OpenSockets.Count();

        for (var i = 0; i < FuzzBudget.Texts(700); i++)
        {
            text = mutator.Next();
            var (odd, next) = (4 * i + 3, 4 * i + 5);
            try
            {
                await client.SendAsync([Make.Get(odd), Make.Get(next, "/next")]);
                await client.ResponseAsync(odd);
                Assert.Equal("next", (await client.ResponseAsync(next)).Body);
            }
            catch (WireFormatException error)
            {
                Assert.Fail($"seed {seed}, text {i}: {Wire.Show(text, 4000)}\n  {error.Message}");
            }
        }

        Assert.Null(client.GoneAway);
        await OpenSockets.SettleAsync(before);
    }
}
