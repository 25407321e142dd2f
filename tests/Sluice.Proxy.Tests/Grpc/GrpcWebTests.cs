using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Grpc;

/// <summary>gRPC-Web ("PROTOCOL-WEB") to a backend of gRPC. The backend speaks HTTP/1.1 here, with trailers: translation does not depend on the protocols.</summary>
public sealed class GrpcWebTests
{
    private const string Message = "\0\0\0\0\u0003abc";
    private const string Answer = "\0\0\0\0\u0005hello";
    private const string Trailers = "grpc-status: 0\r\ngrpc-message: \r\nx-cost: 7\r\n";

    [Theory]
    [InlineData("application/grpc-web", "application/grpc", "application/grpc-web")]
    [InlineData("application/grpc-web+proto", "application/grpc+proto", "application/grpc-web+proto")]
    [InlineData("application/grpc-web+json; charset=utf-8", "application/grpc+json", "application/grpc-web+json")]
    public async Task Binary_TrailersBecomeTheLastMessage(string contentType, string upstreamType, string answerType)
    {
        await using var backend = Backend(upstreamType);
        await using var proxy = await StartAsync(backend);

        var response = await proxy.ExchangeAsync(Call(contentType, Message));

        var request = await backend.NextRequestAsync();
        Assert.Equal((upstreamType, "trailers", Message, "1"), (request["Content-Type"], request["TE"], request.Body, request["X-Grpc-Web"]));
        Assert.Equal((200, answerType, null), (response.Status, response["Content-Type"], response["grpc-status"]));
        Assert.Equal(Answer + Frame(Trailers), response.Body);
        Assert.Empty(response.Trailers);
    }

    [Fact]
    public async Task Text_BothBodiesAreBase64()
    {
        await using var backend = Backend("application/grpc+proto");
        await using var proxy = await StartAsync(backend);

        var body = Base64(Message[..4]) + Base64(Message[4..]);
        var response = await proxy.ExchangeAsync(Call("application/grpc-web-text+proto", body));

        var request = await backend.NextRequestAsync();
        Assert.Equal(("application/grpc+proto", Message, null), (request["Content-Type"], request.Body, request["Content-Length"]));
        Assert.Equal("application/grpc-web-text+proto", response["Content-Type"]);
        Assert.Equal(Answer + Frame(Trailers), Decode(response.Body));
    }

    [Theory]
    [InlineData("application/grpc-web-text", "application/grpc-web", false)]
    [InlineData("application/grpc-web", "application/grpc-web-text", true)]
    [InlineData("application/grpc-web-text", "*/*", true)]
    public async Task Accept_SaysWhichOfTheTwoIsAnswered(string contentType, string accept, bool isText)
    {
        await using var backend = Backend("application/grpc");
        await using var proxy = await StartAsync(backend);

        var body = contentType.EndsWith("-text", StringComparison.Ordinal) ? Base64(Message) : Message;
        var response = await proxy.ExchangeAsync(Call(contentType, body, $"Accept: {accept}\r\n"));

        Assert.Equal(isText ? "application/grpc-web-text" : "application/grpc-web", response["Content-Type"]);
        Assert.Equal(Answer + Frame(Trailers), isText ? Decode(response.Body) : response.Body);
    }

    [Fact]
    public async Task EachMessage_IsSentAsItComes()
    {
        var go = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n\0\0\0\0\u0003one\r\n");
            await go.Task.Within("the first message to arrive");
            await connection.SendAsync("8\r\n\0\0\0\0\u0003two\r\n0\r\ngrpc-status: 0\r\n\r\n");
        });
        await using var proxy = await StartAsync(backend);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Call("application/grpc-web-text", Base64(Message)));
        Assert.Equal(200, (await client.Reader.ReadHeadAsync())!.Status);
        var first = "c\r\n" + Base64("\0\0\0\0\u0003one") + "\r\n";
        Assert.Equal(first, await client.Reader.ReadExactlyAsync(first.Length));
        go.SetResult();
        var second = "c\r\n" + Base64("\0\0\0\0\u0003two") + "\r\n";
        Assert.Equal(second, await client.Reader.ReadExactlyAsync(second.Length));
    }

    [Fact]
    public async Task StatusInTheHead_MovesIntoTheBody()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\ngrpc-status: 5\r\ngrpc-message: no%20such\r\nx-a: b\r\nContent-Length: 0\r\n\r\n");
        await using var proxy = await StartAsync(backend);

        var response = await proxy.ExchangeAsync(Call("application/grpc-web", Message));

        Assert.Equal((null, "b"), (response["grpc-status"], response["x-a"]));
        Assert.Equal(Frame("grpc-status: 5\r\ngrpc-message: no%20such\r\n"), response.Body);
    }

    [Fact]
    public async Task ResponseWithoutStatus_EndsAsUnknown()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\nContent-Length: 10\r\n\r\n" + Answer);
        await using var proxy = await StartAsync(backend);

        var response = await proxy.ExchangeAsync(Call("application/grpc-web", Message));

        Assert.Equal(Answer + Frame("grpc-status: 2\r\n"), response.Body);
    }

    [Fact]
    public async Task ResponseThatIsNotGrpc_Passes()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nbusy");
        await using var proxy = await StartAsync(backend);

        var response = await proxy.ExchangeAsync(Call("application/grpc-web-text", Base64(Message)));

        Assert.Equal((503, "text/html", "busy"), (response.Status, response["Content-Type"], response.Body));
    }

    [Theory]
    [InlineData("AAAA*AAA")]
    [InlineData("AAAAA")]
    public async Task TextThatIsNoBase64_IsInternal(string body)
    {
        await using var backend = ScriptedBackend.Start(async connection => await connection.ReadToEndAsync());
        await using var proxy = await StartAsync(backend);

        var response = await proxy.ExchangeAsync(Call("application/grpc-web-text", body));

        Assert.Equal("application/grpc-web-text", response["Content-Type"]);
        Assert.Equal(Frame("grpc-status: 13\r\ngrpc-message: the request is malformed\r\n"), Decode(response.Body));
        Assert.Equal((0, 0), await proxy.Server.UpstreamCountsAsync());
    }

    [Fact]
    public async Task ErrorsOfTheProxy_StandInTheBody()
    {
        using var dead = ScriptedBackend.Dead();
        var routes = TestRoutes.All(new Endpoint("127.0.0.1", dead.Port)).With(rule => rule with { IsGrpc = true });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        var response = await proxy.ExchangeAsync(Call("application/grpc-web", Message));

        Assert.Equal((200, "application/grpc-web", null), (response.Status, response["Content-Type"], response["grpc-status"]));
        Assert.Equal(Frame("grpc-status: 14\r\ngrpc-message: no backend can be reached\r\n"), response.Body);
    }

    [Fact]
    public async Task RequestsOfOtherRules_PassAsTheyAre()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        await proxy.ExchangeAsync(Call("application/grpc-web-text", Base64(Message)));

        var request = await backend.NextRequestAsync();
        Assert.Equal(("application/grpc-web-text", Base64(Message)), (request["Content-Type"], request.Body));
    }

    [Fact]
    public async Task LongBodies_BothWays_AreWhole()
    {
        var message = string.Concat(Enumerable.Range(0, 300_000).Select(i => (char)(i * 7 % 251)));
        await using var backend = ScriptedBackend.Answering(request => "HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\nTransfer-Encoding: chunked\r\n\r\n"
            + $"{request.Body.Length:x}\r\n{request.Body}\r\n0\r\ngrpc-status: 0\r\n\r\n");
        await using var proxy = await StartAsync(backend);

        var response = await proxy.ExchangeAsync(Call("application/grpc-web-text", Base64(message)));

        Assert.Equal(message + Frame("grpc-status: 0\r\n"), Decode(response.Body));
    }

    private static Task<TestProxy> StartAsync(ScriptedBackend backend) =>
        TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(backend.Endpoint).With(rule => rule with { IsGrpc = true }));

    private static ScriptedBackend Backend(string contentType) => ScriptedBackend.Answering(
        $"HTTP/1.1 200 OK\r\nContent-Type: {contentType}\r\nTransfer-Encoding: chunked\r\n\r\na\r\n{Answer}\r\n0\r\nGrpc-Status: 0\r\ngrpc-message: \r\nx-cost: 7\r\n\r\n");

    private static string Call(string contentType, string body, string fields = "") =>
        $"POST /a.B/C HTTP/1.1\r\nHost: a.test\r\nContent-Type: {contentType}\r\nX-Grpc-Web: 1\r\n{fields}Content-Length: {body.Length}\r\n\r\n{body}";

    private static string Frame(string trailers) => $"\u0080\0\0\0{(char)trailers.Length}{trailers}";

    private static string Base64(string octets) => Convert.ToBase64String(Wire.Bytes(octets));

    /// <summary>Base64 in pieces, each padded.</summary>
    private static string Decode(string text)
    {
        var result = "";
        foreach (var piece in System.Text.RegularExpressions.Regex.Matches(text, "[^=]*(=+|$)").Select(match => match.Value).Where(piece => piece.Length > 0))
            result += Wire.Text(Convert.FromBase64String(piece));
        return result;
    }
}
