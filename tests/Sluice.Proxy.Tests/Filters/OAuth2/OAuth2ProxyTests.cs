using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters.OAuth2;

/// <summary>Logins, changed fields and rewritten paths from client to backend.</summary>
public sealed class OAuth2ProxyTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly TestIssuer _issuer;

    public OAuth2ProxyTests() => _issuer = new TestIssuer(_clock);

    public void Dispose() => _issuer.Dispose();

    [Fact]
    public async Task Login_OverSockets_EndsAtTheBackend()
    {
        using var server = new TestIssuerServer(_issuer);
        _issuer.Url = $"http://127.0.0.1:{server.Port}";
        await using var backend = ScriptedBackend.Answering();
        OAuth2Policy policy = OAuth2World.Policy with { Issuer = _issuer.Url, Cluster = null };
        await using TestProxy proxy = await PolicyRoutes.To(backend, new RequestPolicies { OAuth2 = policy }).StartAsync(_clock);
        await using RawClient client = await proxy.ConnectAsync();

        WireMessage sent = await client.ExchangeAsync("GET /inbox?a=b HTTP/1.1\r\nHost: app.test\r\n\r\n");
        Assert.Equal((302, "no-store"), (sent.Status, sent["Cache-Control"]));
        string transaction = sent["Set-Cookie"]!.Split(';')[0];

        WireMessage back = await client.ExchangeAsync($"GET {_issuer.Authorize(sent["Location"]!).PathAndQuery} HTTP/1.1\r\nHost: app.test\r\nCookie: {transaction}\r\n\r\n");
        Assert.Equal((302, "/inbox?a=b"), (back.Status, back["Location"]));
        string cookies = string.Join("; ", back.Fields.Where(field => field.Name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase) && !field.Value.Contains("Max-Age=0", StringComparison.Ordinal)).Select(field => field.Value.Split(';')[0]));
        Assert.Empty(backend.Requests);

        WireMessage served = await client.ExchangeAsync($"GET /inbox?a=b HTTP/1.1\r\nHost: app.test\r\nX-Email: root@app.test\r\nCookie: theme=dark; {cookies}\r\n\r\n");
        Assert.Equal(200, served.Status);
        WireMessage request = await backend.NextRequestAsync();
        Assert.Equal(("user@example.com", "theme=dark"), (request["X-Email"], request["Cookie"]));
        Assert.StartsWith("Bearer access-", request["Authorization"], StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromSeconds(301));
        WireMessage renewed = await client.ExchangeAsync($"GET / HTTP/1.1\r\nHost: app.test\r\nCookie: {cookies}\r\n\r\n");
        Assert.Equal(200, renewed.Status);
        Assert.Contains(renewed.Fields, field => field.Value.StartsWith("BearerToken-", StringComparison.Ordinal));
        Assert.Equal(1, _issuer.Renewals);
    }

    [Fact]
    public async Task Provider_ThatIsNotThere_IsReported_AndNobodyIsLetIn()
    {
        await using var backend = ScriptedBackend.Answering();
        OAuth2Policy policy = OAuth2World.Policy with { Issuer = "http://idp.invalid", Cluster = "test/none:80" };
        await using TestProxy proxy = await PolicyRoutes.To(backend, new RequestPolicies { OAuth2 = policy }).StartAsync();
        var reported = new TaskCompletionSource<string>();
        proxy.Server.PolicyReported += message => reported.TrySetResult(message);

        WireMessage answer = await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: app.test\r\n\r\n");

        Assert.Equal((503, "1"), (answer.Status, answer["Retry-After"]));
        Assert.Contains("there is no cluster \"test/none:80\"", await reported.Task.Within("the problem to be reported"), StringComparison.Ordinal);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task Fields_AndPath_AreChangedOnTheWay()
    {
        await using var backend = ScriptedBackend.Answering();
        var policies = new RequestPolicies
        {
            HeaderModifiers = new HeaderModifiersPolicy
            {
                Request = new HeaderRules { Set = [new HeaderSource { Name = "X-Path", Format = "%REQ(:PATH)%" }, new HeaderSource { Name = "X-Rule", Format = "policy" }, new HeaderSource { Name = "X-Peer", Format = "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT% %PROTOCOL%" }] },
                Response = new HeaderRules { Set = [new HeaderSource { Name = "X-Answer", Format = "policy for %REQ(X-Name)%" }], Add = [new HeaderSource { Name = "X-Fixed", Format = "1" }] },
            },
            PathRegex = new PathRegexRewrite("^/v1/(?<rest>.*)$", @"/api/\g<rest>"),
        };
        await using TestProxy proxy = await PolicyRoutes.To(backend, policies).With(rule => rule with
        {
            RequestHeaders = [new HeaderModifier { Set = [new HeaderValue("X-Rule", "rule")] }],
            ResponseHeaders = [new HeaderModifier { Set = [new HeaderValue("X-Answer", "rule")] }],
        }).StartAsync();

        WireMessage answer = await proxy.ExchangeAsync("GET /v1/users?x=/v1/ HTTP/1.1\r\nHost: app.test\r\nX-Name: alice\r\nX-Path: theirs\r\n\r\n");

        Assert.Equal((200, "policy for alice", "1"), (answer.Status, answer["X-Answer"], answer["X-Fixed"]));
        WireMessage request = await backend.NextRequestAsync();
        Assert.Equal("GET /api/users?x=/v1/ HTTP/1.1", request.StartLine);
        Assert.Equal(("/v1/users?x=/v1/", "rule", "127.0.0.1 HTTP/1.1"), (request["X-Path"], request["X-Rule"], request["X-Peer"]));
    }
}
