using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Responses;

/// <summary>Odd responses through the whole proxy: what the client gets, and what the next request gets.</summary>
public sealed class ResponseTableTests
{
    public static TheoryData<string> Names => ResponseCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Case_SentWhole_GetsItsVerdict(string name) => CheckAsync(ResponseCases.Get(name), int.MaxValue);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Case_SentInPieces_GetsItsVerdict(string name) => CheckAsync(ResponseCases.Get(name), step: 7);

    private static async Task CheckAsync(ResponseCase oddity, int step)
    {
        await using var backend = ScriptedBackend.Start(connection => PlayAsync(connection, oddity, step));
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync($"{oddity.Method} / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        var head = await ReadFinalHeadAsync(client);
        Assert.Equal(oddity.Verdict.Status, head.Status);
        if (!oddity.Verdict.Complete)
        {
            Assert.Equal(oddity.Verdict.Body, Dechunk(await client.Reader.ReadToEndAsync(), head, out var complete));
            Assert.False(complete);
            Assert.Equal(200, (await proxy.ExchangeAsync("GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
            return;
        }

        if (oddity.Method != "HEAD" && head.Status is not (204 or 304))
        {
            var response = await client.Reader.ReadBodyAsync(head, untilClose: false);
            if (head.Status != 502)
                Assert.Equal(oddity.Verdict.Body, response.Body);
        }

        // Nothing of the odd response may be taken for the answer to the next request.
        var next = await client.ExchangeAsync("GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n");
        Assert.Equal("next", next.Body);
        Assert.Equal(oddity.Reusable ? 1 : 2, backend.Connections);
    }

    private static async Task PlayAsync(BackendConnection connection, ResponseCase oddity, int step)
    {
        while (await connection.ReadRequestAsync() is { } request)
        {
            if (request.Target == "/next")
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext");
                continue;
            }

            // Long texts in few pieces: what matters is where the boundaries fall, and they fall everywhere in short ones.
            var pieces = Math.Max(step, oddity.Text.Length / 200);
            for (var at = 0; at < oddity.Text.Length; at += pieces)
                await connection.SendAsync(oddity.Text.Substring(at, Math.Min(pieces, oddity.Text.Length - at)));
            if (oddity.Ends)
                return;
        }
    }

    private static async Task<WireMessage> ReadFinalHeadAsync(RawClient client)
    {
        WireMessage? head;
        do
            head = await client.Reader.ReadHeadAsync();
        while (head is { Status: < 200 and not 101 });
        return head ?? throw new WireFormatException("the connection ended without a response");
    }

    private static string Dechunk(string text, WireMessage head, out bool complete)
    {
        if (!head.IsChunked)
        {
            complete = $"{text.Length}" == head["Content-Length"];
            return text;
        }

        complete = text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
        var body = "";
        while (text.IndexOf("\r\n", StringComparison.Ordinal) is var line and > 0)
        {
            var size = Convert.ToInt32(text[..line], 16);
            body += text.Substring(line + 2, size);
            text = text[(line + 4 + size)..];
        }
        return body;
    }
}
