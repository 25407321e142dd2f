using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sluice.Controller.RateLimits;
using Sluice.Proxy.Calls.Protobuf;

namespace Sluice.Controller.Tests.RateLimits;

/// <summary>The server of limits over gRPC, as a client of its own sees it.</summary>
public sealed class RateLimitServerTests
{
    private const string Method = "/envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit";

    [Fact]
    public async Task Question_IsAnswered_WithStatusesOfItsDescriptors()
    {
        using var folder = new LimitFolder("domain: d\ndescriptors: [{key: k, rate_limit: {unit: year, requests_per_unit: 2, name: n}}]\n");
        await using var server = await folder.StartAsync();

        byte[] first = await AskAsync(server, Method, Question("d", "k", "v"));
        await AskAsync(server, Method, Question("d", "k", "v"));
        byte[] third = await AskAsync(server, Method, Question("d", "k", "v"));

        Assert.Equal([1UL], Numbers(first, 1));
        Assert.Equal([2UL], Numbers(third, 1));
        byte[] status = Message(third, 2);
        Assert.Equal([2UL], Numbers(status, 1));
        Assert.Equal([2UL], Numbers(Message(status, 2), 1));
        Assert.Equal([6UL], Numbers(Message(status, 2), 2));
        Assert.Equal([1UL], Numbers(await AskAsync(server, Method, Question("other", "k", "v")), 1));
    }

    [Theory]
    [InlineData("/envoy.service.ratelimit.v3.RateLimitService/Other", "", "12")]
    [InlineData(Method, "", "3")]
    [InlineData(Method, "garbage", "3")]
    public async Task Nonsense_IsAStatusOfGrpc(string path, string message, string expected)
    {
        using var folder = new LimitFolder("domain: d\n");
        await using var server = await folder.StartAsync();

        using var answer = await SendAsync(server, path, Encoding.ASCII.GetBytes(message));

        Assert.Equal(expected, answer.Headers.GetValues("grpc-status").Single());
    }

    [Fact]
    public async Task Health_IsServing()
    {
        using var folder = new LimitFolder("domain: d\n");
        await using var server = await folder.StartAsync();

        Assert.Equal([1UL], Numbers(await AskAsync(server, "/grpc.health.v1.Health/Check", []), 1));
    }

    [Fact]
    public async Task FilesThatChange_AreReadAnew_AndBrokenOnesAreNot()
    {
        using var folder = new LimitFolder("domain: d\n");
        await using var server = await folder.StartAsync();

        folder.Write("domain: [");
        Assert.Contains("stay as they were", await folder.NextReportAsync(), StringComparison.Ordinal);
        Assert.Equal(["d"], server.Domains);
        folder.Write("domain: e\n");
        Assert.Contains("read anew", await folder.NextReportAsync(), StringComparison.Ordinal);
        Assert.Equal(["e"], server.Domains);
    }

    private static byte[] Question(string domain, string key, string value)
    {
        var writer = new ProtobufWriter();
        writer.Text(1, domain);
        var descriptor = writer.Begin(2);
        writer.Entry(1, Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));
        writer.End(descriptor);
        return writer.Written.ToArray();
    }

    private static async Task<byte[]> AskAsync(RateLimitServer server, string path, byte[] message)
    {
        using var answer = await SendAsync(server, path, message);
        var body = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal("0", answer.TrailingHeaders.GetValues("grpc-status").Single());
        Assert.Equal("application/grpc", answer.Content.Headers.ContentType?.MediaType);
        return body[5..];
    }

    private static async Task<HttpResponseMessage> SendAsync(RateLimitServer server, string path, byte[] message)
    {
        using var client = new HttpClient();
        var content = new ByteArrayContent([0, 0, 0, (byte)(message.Length >> 8), (byte)message.Length, .. message]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{server.EndPoint}{path}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        return await client.SendAsync(request);
    }

    private static List<ulong> Numbers(byte[] message, int field)
    {
        var numbers = new List<ulong>();
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == field)
                numbers.Add(reader.Number);
        }
        return numbers;
    }

    private static byte[] Message(byte[] message, int field)
    {
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader.Field == field)
                return reader.Bytes.ToArray();
        }
        throw new InvalidOperationException($"field {field} is not there");
    }
}
