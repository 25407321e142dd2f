using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.Conformance.Cluster;
using Sluice.Conformance.Data;
using Sluice.Conformance.Traffic;

namespace Sluice.Conformance.Tests.Traffic;

public sealed class StreamProbeTests
{
    private const string Greeting = "Gateway API Test TCP Server\n";
    private const string Identity = """{"request":"TEST","namespace":"space","service":"service","pod":"pod-0","tls":{"serverName":"a.example"}}""";

    [Fact]
    public async Task Talk_ServerThatSpeaksFirst_IsUnderstood()
    {
        var answer = await TalkAsync(async stream =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Greeting));
            await ServeAsync(stream, Identity + "\n", "true\n", "PONG\n");
        });

        Assert.Equal(new LineAnswer("Gateway API Test TCP Server", "space", "pod-0", true, "a.example"), answer);
    }

    [Fact]
    public async Task Talk_ConnectionThatEnds_Fails()
    {
        await Assert.ThrowsAsync<IOException>(() => TalkAsync(async stream => await stream.WriteAsync(Encoding.ASCII.GetBytes(Greeting))));
    }

    [Theory]
    [InlineData("no JSON\n", "true\n", "PONG\n")]
    [InlineData(Identity + "\n", "maybe\n", "PONG\n")]
    [InlineData(Identity + "\n", "true\n", "PING\n")]
    [InlineData(Identity + "\ntrue\n", "", "PONG\n")]
    public async Task Talk_AnswersOfSomethingElse_Fail(string test, string isTls, string ping)
    {
        await Assert.ThrowsAsync<IOException>(() => TalkAsync(async stream =>
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(Greeting));
            await ServeAsync(stream, test, isTls, ping);
        }));
    }

    [Fact]
    public async Task Exchange_DnsQuery_IsAnsweredByTheResponder()
    {
        await using var responder = DnsResponder.Start(new IPEndPoint(IPAddress.Loopback, 0));
        var query = DnsMessage.Query(0x1234, "foo.bar.com.");

        var answer = await DatagramProbe.ExchangeAsync(responder.EndPoint, query, TestContext.Current.CancellationToken);

        Assert.True(DnsMessage.IsAnswer(answer, 0x1234));
        Assert.False(DnsMessage.IsAnswer(answer, 0x1235));
        Assert.False(DnsMessage.IsAnswer(query, 0x1234));
        Assert.Equal([127, 0, 0, 1], answer[^4..]);
        Assert.Equal("\u0003foo\u0003bar\u0003com\0", Encoding.ASCII.GetString(query, 12, 13));
    }

    [Fact]
    public void Answer_WhatIsNoQuery_GetsNone()
    {
        var query = DnsMessage.Query(1, "foo.bar.com");
        var answer = DnsMessage.Answer(query, IPAddress.Loopback)!;

        Assert.Null(DnsMessage.Answer(answer, IPAddress.Loopback));
        for (var length = 0; length < query.Length; length++)
            Assert.Null(DnsMessage.Answer(query.AsSpan(0, length), IPAddress.Loopback));
    }

    [Fact]
    public async Task Echo_ClosedPort_Fails()
    {
        using var taken = new Socket(SocketType.Dgram, ProtocolType.Udp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = (IPEndPoint)taken.LocalEndPoint!;
        taken.Dispose();

        await Assert.ThrowsAsync<IOException>(() => DatagramProbe.EchoAsync(port, "x", TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Compare_Line_SeesWhatDiffers()
    {
        var answer = new LineAnswer("hello", "space", "tcp-backend-0", false, null);
        var right = new ExpectData { WelcomeLine = "hello", Namespace = "space", Backend = "tcp-backend", IsTLS = false };

        Assert.Null(StreamRules.Compare(answer, right));
        Assert.NotNull(StreamRules.Compare(answer, right with { WelcomeLine = "other" }));
        Assert.NotNull(StreamRules.Compare(answer, right with { IsTLS = true }));
        Assert.NotNull(StreamRules.Compare(answer, right with { IsTLS = null, BackendIsTLS = true }));
        Assert.NotNull(StreamRules.Compare(answer, right with { BackendSNI = "a" }));
        Assert.NotNull(StreamRules.Compare(answer, right with { Namespace = "other" }));
        Assert.NotNull(StreamRules.Compare(answer, right with { Backend = "other" }));
    }

    [Fact]
    public void Compare_Datagram_SeesWhatDiffers()
    {
        var answer = new DatagramAnswer("payload", "space", "service", "udp-0");
        var right = new ExpectData { JsonService = "service", JsonNamespace = "space", Backend = "udp" };

        Assert.Null(StreamRules.Compare(answer, "payload", right));
        Assert.NotNull(StreamRules.Compare(answer, "other", right));
        Assert.NotNull(StreamRules.Compare(answer, "payload", right with { JsonService = "other" }));
        Assert.NotNull(StreamRules.Compare(answer, "payload", right with { JsonNamespace = "other" }));
        Assert.NotNull(StreamRules.Compare(answer, "payload", right with { Backend = "other" }));
    }

    private static async Task ServeAsync(Stream stream, params string[] answers)
    {
        var reader = new StreamReader(stream);
        foreach (var answer in answers)
        {
            if (await reader.ReadLineAsync() is null)
                return;
            await stream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        }
        await reader.ReadLineAsync();
    }

    private static async Task<LineAnswer> TalkAsync(Func<Stream, Task> serve)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var talking = LineProbe.TalkAsync((IPEndPoint)listener.LocalEndpoint, null, TestContext.Current.CancellationToken);
        using (var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            try
            {
                await serve(client.GetStream());
            }
            catch (IOException)
            {
                // The probe has seen enough and left.
                client.Close();
            }
        }
        return await talking;
    }
}
