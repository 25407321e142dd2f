using Sluice.Proxy.Tests.Http1.Responses;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Fuzz;

/// <summary>
/// A backend that answers with mutated responses: the client gets a well-formed answer or the end of its connection, the next
/// request gets its own answer, no worker faults, and no descriptor stays behind.
/// </summary>
[Collection(FuzzCollection.Name)]
public sealed class UpstreamFuzzTests
{
    private const string Next = "GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public async Task MutatedResponses_OverSockets_HarmNobodyElse(int seed)
    {
        string[] corpus = [.. ResponseCases.All.Select(oddity => oddity.Text).Where(text => text.Length is > 0 and < 1000)];
        var mutator = new Mutator(seed, corpus);
        var text = "";
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                if (request.Target == "/next")
                {
                    await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");
                    continue;
                }

                // The backend leaves after its odd answer: whatever is missing in it will not come.
                await connection.SendAsync(text);
                return;
            }
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await proxy.ExchangeAsync(Next);
        var before = OpenSockets.Count();

        for (var i = 0; i < FuzzBudget.Texts(1_000); i++)
        {
            text = mutator.Next();
            var what = $"seed {seed}, text {i}: {Wire.Show(text, 4000)}";
            await using var client = await proxy.ConnectAsync();
            try
            {
                await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
                WireMessage? response;
                do
                    response = await client.Reader.ReadResponseAsync();
                while (response is { Status: < 200 });
                if (response is { StartLine: not null } && response["Connection"] != "close")
                {
                    // The connection lives on: its next answer must be the next request's.
                    var next = await client.ExchangeAsync(Next);
                    Assert.True(next.Body == "next", $"{what}\n  next {next}");
                }
            }
            catch (WireFormatException error) when (error.Truncated)
            {
                // Broken off, and seen to be.
            }
            catch (WireFormatException error)
            {
                Assert.Fail($"{what}\n  {error.Message}");
            }

            Assert.Equal("next", (await proxy.ExchangeAsync(Next)).Body);
        }

        await OpenSockets.SettleAsync(before);
    }
}
