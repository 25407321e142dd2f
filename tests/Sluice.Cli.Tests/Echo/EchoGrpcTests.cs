using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Echo;

public sealed class EchoGrpcTests
{
    private const string Service = "/gateway_api_conformance.echo_basic.grpcecho.GrpcEcho/";

    [Theory]
    [InlineData("Echo")]
    [InlineData("EchoTwo")]
    public async Task Call_ImplementedMethod_AnswersWithPodAndStatusOk(string method)
    {
        await using var echo = await EchoBackend.StartAsync("pod-6");

        using var response = await CallAsync(echo, method);
        var message = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

        Assert.Equal("0", Assert.Single(response.TrailingHeaders.GetValues("grpc-status")));
        Assert.Equal(message.Length - 5, (message[3] << 8) | message[4]);
        var text = Encoding.UTF8.GetString(message);
        Assert.Contains(Service + method, text, StringComparison.Ordinal);
        Assert.Contains("pod-6", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_EchoThree_IsUnimplemented()
    {
        await using var echo = await EchoBackend.StartAsync("pod-7");

        using var response = await CallAsync(echo, "EchoThree");

        Assert.Equal("12", Assert.Single(response.Headers.GetValues("grpc-status")));
    }

    private static async Task<HttpResponseMessage> CallAsync(EchoBackend echo, string method)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(echo.Uri, Service + method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(new byte[5]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
