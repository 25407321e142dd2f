using System.Net;
using System.Text;
using Sluice.ApiServer.Security;
using Sluice.ApiServer.Tests.Support;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Tests.Security;

public sealed class AccessTests
{
    [Theory]
    [InlineData("127.0.0.1:6480", 200)]
    [InlineData("127.9.9.9", 200)]
    [InlineData("localhost:1", 200)]
    [InlineData("[::1]:6480", 200)]
    [InlineData("api.internal:6480", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("evil.example:6480", 403)]
    [InlineData("192.0.2.1:6480", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("[::1", 403)]
    [InlineData("", 403)]
    public async Task WithoutToken_OnlyOwnHostsAreAnswered(string host, int status)
    {
        await using var api = new ApiHarness(new KubernetesApiOptions { Hosts = ["api.internal"] });

        (await api.SendAsync("GET", "/api/v1/namespaces", headers: new Dictionary<string, string> { ["host"] = host })).Expect(status);
    }

    [Fact]
    public async Task WithoutToken_WebPagesAreNotAnswered()
    {
        await using var api = new ApiHarness();

        (await api.SendAsync("GET", "/api/v1/namespaces", headers: new Dictionary<string, string> { ["origin"] = "http://evil.example" })).Expect(403);
        (await api.SendAsync("GET", "/healthz", headers: new Dictionary<string, string> { ["host"] = "evil.example" })).Expect(403);
    }

    [Theory]
    [InlineData("127.0.0.1", 200)]
    [InlineData("::ffff:127.0.0.1", 200)]
    [InlineData("192.0.2.1", 403)]
    public async Task WithoutToken_OtherMachinesAreNotAnswered(string client, int status)
    {
        await using var api = KubernetesApi.Start();
        var request = new LocalRequest("GET", "/api/v1/namespaces", "", new Dictionary<string, string> { ["host"] = "127.0.0.1" }, default) { Client = new IPEndPoint(IPAddress.Parse(client), 0) };

        Assert.Equal(status, (await api.Handler.HandleAsync(request, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("Bearer the-token-of-this-server", 200)]
    [InlineData("bearer the-token-of-this-server", 200)]
    [InlineData("Bearer the-token-of-this-serve", 401)]
    [InlineData("Bearer ", 401)]
    [InlineData("Basic the-token-of-this-server", 401)]
    [InlineData("", 401)]
    public async Task WithToken_OnlyItsHoldersAreAnswered(string authorization, int status)
    {
        await using var api = new ApiHarness(new KubernetesApiOptions { Token = "the-token-of-this-server" });

        (await api.SendAsync("GET", "/api/v1/namespaces", headers: new Dictionary<string, string> { ["host"] = "any.example", ["origin"] = "http://any.example", ["authorization"] = authorization })).Expect(status);
        (await api.GetAsync("/healthz")).Expect(200);
        (await api.GetAsync("/version")).Expect(200);
    }

    [Fact]
    public async Task DeepJson_IsRefused()
    {
        await using var api = new ApiHarness();
        var deep = new StringBuilder().Insert(0, "{\"a\":", 100).Append('1').Append('}', 100).ToString();

        (await api.PostAsync(ApiHarness.ConfigMaps, deep)).Expect(400);
    }

    [Fact]
    public async Task TokenReview_AsksTheAuthenticator()
    {
        await using var api = new ApiHarness(new KubernetesApiOptions { TokenAuthenticator = new KnowsOne() });
        const string Path = "/apis/authentication.k8s.io/v1/tokenreviews";

        var known = (await api.PostAsync(Path, Review("right"))).Expect(201);
        var other = (await api.PostAsync(Path, Review("wrong"))).Expect(201);

        Assert.Equal("true", known.TextAt("status.authenticated"));
        Assert.Equal("system:serviceaccount:ns:sa", known.TextAt("status.user.username"));
        Assert.Equal("sluice", known.TextAt("status.audiences.0"));
        Assert.Equal("pod-1", known.Json["status"]!["user"]!["extra"]!["authentication.kubernetes.io/pod-name"]![0]!.ToString());
        Assert.Equal("false", other.TextAt("status.authenticated"));
        (await api.PostAsync(Path, Review(""))).Expect(422);
    }

    private static string Review(string token) => ApiHarness.Json($"{{'apiVersion':'authentication.k8s.io/v1','kind':'TokenReview','spec':{{'token':'{token}','audiences':['sluice']}}}}");

    private sealed class KnowsOne : ITokenAuthenticator
    {
        public ValueTask<TokenIdentity> AuthenticateAsync(string token, IReadOnlyList<string> audiences, CancellationToken cancellationToken) => ValueTask.FromResult(token == "right"
            ? new TokenIdentity("system:serviceaccount:ns:sa")
            {
                Audiences = audiences,
                Extra = new Dictionary<string, IReadOnlyList<string>> { ["authentication.kubernetes.io/pod-name"] = ["pod-1"] },
            }
            : TokenIdentity.None("unknown token"));
    }
}
