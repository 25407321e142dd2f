using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Echo;

public sealed class EchoLayer4Tests
{
    [Fact]
    public async Task Tcp_Client_IsGreetedThenAnsweredLineByLine()
    {
        await using var echo = await EchoBackend.StartAsync("pod-4", "--tcp", "0");
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", echo.TcpPort, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\n" };

        Assert.Equal("Gateway API Test TCP Server", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal("PONG", await AskAsync("PING"));
        Assert.Equal("false", await AskAsync("IS_TLS"));
        using var json = JsonDocument.Parse(await AskAsync("TEST"));
        Assert.Equal("pod-4", json.RootElement.GetProperty("pod").GetString());

        async Task<string> AskAsync(string line)
        {
            await writer.WriteLineAsync(line);
            return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        }
    }

    [Fact]
    public async Task Udp_Datagram_IsAnsweredWithJson()
    {
        await using var echo = await EchoBackend.StartAsync("pod-5", "--udp", "0", "--namespace", "demo");
        using var client = new UdpClient("127.0.0.1", echo.UdpPort);

        await client.SendAsync("ask"u8.ToArray(), TestContext.Current.CancellationToken);
        var answer = await client.ReceiveAsync(TestContext.Current.CancellationToken);

        using var json = JsonDocument.Parse(Encoding.UTF8.GetString(answer.Buffer));
        Assert.Equal("ask", json.RootElement.GetProperty("request").GetString());
        Assert.Equal("demo", json.RootElement.GetProperty("namespace").GetString());
    }
}
