using System.Net;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;

namespace Sluice.Proxy.Tests.Tls;

/// <summary>HTTP over TLS that ends at the listener.</summary>
public sealed class HttpsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task Request_IsForwardedAndSaidToBeHttps(string version)
    {
        await using var backend = ScriptedBackend.Answering();
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(TestRoutes.All(backend.Endpoint), certificate);
        using var client = proxy.CreateClient(Version.Parse(version));

        for (var i = 0; i < 3; i++)
        {
            using var response = await client.GetAsync($"https://a.example:{proxy.EndPoint.Port}/{i}", Token);
            Assert.Equal((HttpStatusCode.OK, "ok"), (response.StatusCode, await response.Content.ReadAsStringAsync(Token)));
            Assert.Equal(Version.Parse(version), response.Version);
            var request = await backend.NextRequestAsync();
            Assert.Equal("https", request["X-Forwarded-Proto"]);
        }
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task LargeBodies_PassBothWaysUnchanged(string version)
    {
        const int Size = 5_000_000;
        var sent = new byte[Size];
        new Random(1).NextBytes(sent);
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {request.Body.Length}\r\n\r\n");
                await connection.SendAsync(Wire.Bytes(request.Body));
            }
        });
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(TestRoutes.All(backend.Endpoint), certificate);
        using var client = proxy.CreateClient(Version.Parse(version));

        using var response = await client.PostAsync($"https://a.example:{proxy.EndPoint.Port}/", new ByteArrayContent(sent), Token);
        Assert.Equal(sent, await response.Content.ReadAsByteArrayAsync(Token));
    }
}
