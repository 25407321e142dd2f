using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Configuration.Policies.Jwks;
using Sluice.Proxy.Filters.Jwt;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Tests.Filters.Jwt;

/// <summary>Key sets over HTTP: from the cluster's endpoints and nobody else, within limits, and over TLS only from whom is trusted.</summary>
public sealed class JwksFetcherTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_AreAskedFor_AsTheUrlSays()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        using var fetcher = Fetcher(new Cluster { Name = "keys", Endpoints = [backend.Endpoint] });

        var body = await fetcher.FetchAsync(Source("http://user:secret@keys.test:8080/a/jwks?x=y"), Stop);

        Assert.Equal("{}"u8.ToArray(), body);
        WireMessage request = await backend.NextRequestAsync();
        Assert.Equal(("GET /a/jwks?x=y HTTP/1.1", "keys.test:8080", null), (request.StartLine, request["Host"], request["Authorization"]));
    }

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", "status 302")]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "status 404")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", "status 204")]
    [InlineData("noise\r\n\r\n", "")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99\r\nConnection: close\r\n\r\nhalf", "")]
    public async Task AnythingElse_IsAFailure(string answer, string message)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync(answer);
        });
        using var fetcher = Fetcher(new Cluster { Name = "keys", Endpoints = [backend.Endpoint] });

        var failure = await Assert.ThrowsAnyAsync<IOException>(() => fetcher.FetchAsync(Source("http://keys.test/"), Stop));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Single(backend.Requests);
    }

    [Fact]
    public async Task EndlessAnswer_IsGivenUp()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (var i = 0; i < 100_000; i++)
                await connection.SendAsync("2000\r\n" + new string('x', 0x2000) + "\r\n");
        });
        using var fetcher = Fetcher(new Cluster { Name = "keys", Endpoints = [backend.Endpoint] });

        var failure = await Assert.ThrowsAsync<IOException>(() => fetcher.FetchAsync(Source("http://keys.test/"), Stop).Within("the fetch to be given up"));

        Assert.Contains($"more than {JsonWebKeySet.MaxBytes} octets", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClusterThatIsNotThere_OrEmpty_IsAFailure()
    {
        using var fetcher = Fetcher(new Cluster { Name = "keys", Endpoints = [] });

        Assert.Contains("no endpoint", (await Assert.ThrowsAsync<IOException>(() => fetcher.FetchAsync(Source("http://keys.test/"), Stop))).Message, StringComparison.Ordinal);
        Assert.Contains("not configured", (await Assert.ThrowsAsync<IOException>(() => fetcher.FetchAsync(Source("http://keys.test/") with { Cluster = "else" }, Stop))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keys.test", null, null, true)]
    [InlineData("other.test", null, null, false)]
    [InlineData("other.test", SubjectAltNameType.Hostname, "keys.test", true)]
    [InlineData("keys.test", SubjectAltNameType.Hostname, "other.test", false)]
    [InlineData("other.test", SubjectAltNameType.Uri, "spiffe://a/keys", true)]
    [InlineData("keys.test", SubjectAltNameType.Uri, "spiffe://a/key", false)]
    public async Task Tls_IsVerifiedAsTheClusterSays(string hostname, SubjectAltNameType? type, string? name, bool succeeds)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue(new CertificateWish { Names = ["keys.test"], Uris = ["spiffe://a/keys"] });
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        await using var front = TlsFront.Start(backend.Endpoint, certificate);
        var tls = new UpstreamTls { Hostname = hostname, CaCertificates = [authority.Pem], SubjectAltNames = type is null ? [] : [new SubjectAltName(type.Value, name!)] };
        using var fetcher = Fetcher(new Cluster { Name = "keys", Endpoints = [front.Endpoint], Tls = tls });

        await ExpectAsync(fetcher, "http://keys.test/", succeeds);
    }

    [Fact]
    public async Task Tls_OfAnotherAuthority_OrOnlyByTheUrl_IsNotTrusted()
    {
        using var authority = new TestAuthority();
        using var other = new TestAuthority("CN=Other");
        using var certificate = authority.Issue("keys.test");
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        await using var front = TlsFront.Start(backend.Endpoint, certificate);
        using var strange = Fetcher(new Cluster { Name = "keys", Endpoints = [front.Endpoint], Tls = new UpstreamTls { Hostname = "keys.test", CaCertificates = [other.Pem] } });
        using var system = Fetcher(new Cluster { Name = "keys", Endpoints = [front.Endpoint] });

        await ExpectAsync(strange, "https://keys.test/", succeeds: false);
        await ExpectAsync(system, "https://keys.test/", succeeds: false);
        Assert.Empty(backend.Requests);
    }

    private static async Task ExpectAsync(JwksFetcher fetcher, string url, bool succeeds)
    {
        if (succeeds)
            Assert.Equal("{}"u8.ToArray(), await fetcher.FetchAsync(Source(url), Stop));
        else
            Assert.Contains("TLS", (await Assert.ThrowsAsync<IOException>(() => fetcher.FetchAsync(Source(url), Stop))).Message, StringComparison.Ordinal);
    }

    private static RemoteJwks Source(string url) => new() { Url = url, Cluster = "keys" };

    private static JwksFetcher Fetcher(Cluster cluster) =>
        new(name => name == cluster.Name ? new RuntimeCluster(cluster, [], 1) : null);
}
