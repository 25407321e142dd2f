using System.Text;
using System.Text.Json.Nodes;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.OAuth2;

namespace Sluice.Proxy.Tests.Filters.OAuth2;

/// <summary>Providers that are slow, down or wrong, and renewals.</summary>
public sealed class OAuth2ProviderTests : IDisposable
{
    private readonly OAuth2World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Discovery_ThatFails_IsTriedAgainLater()
    {
        OAuth2Browser browser = _world.Browser();
        _world.Issuer.IsDown = true;

        Assert.Equal((503, "oauth2_provider_unavailable"), (await browser.GetAsync("/")).Answer);
        Assert.Equal((503, "oauth2_provider_unavailable"), (await browser.GetAsync("/")).Answer);
        Assert.Equal(1, _world.Issuer.Discoveries);

        _world.Issuer.IsDown = false;
        _world.Clock.Advance(OAuth2MetadataSource.MinPause);
        Assert.Equal((302, "oauth2_login"), (await browser.GetAsync("/")).Answer);
    }

    [Fact]
    public async Task Metadata_StaysInUse_WhileNoneCanBeHad()
    {
        OAuth2Browser browser = _world.Browser();
        await browser.GetAsync("/");
        _world.Issuer.IsDown = true;

        _world.Clock.Advance(OAuth2MetadataSource.CacheDuration);

        Assert.Equal((302, "oauth2_login"), (await browser.GetAsync("/")).Answer);
    }

    [Theory]
    [InlineData("issuer", "https://other.example")]
    [InlineData("issuer", null)]
    [InlineData("token_endpoint", "http://idp.example.com/token")]
    [InlineData("token_endpoint", "/token")]
    [InlineData("token_endpoint", null)]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    [InlineData("jwks_uri", null)]
    public async Task Metadata_ThatIsNotRight_IsRefused(string name, string? value)
    {
        _world.Issuer.Metadata = metadata =>
        {
            metadata.Remove(name);
            if (value is not null)
                metadata[name] = value;
        };

        Assert.Equal((503, "oauth2_provider_unavailable"), (await _world.Browser().GetAsync("/")).Answer);
        Assert.Contains(name, Assert.Single(_world.Problems.All), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "not json", 502, "oauth2_provider_answer_invalid")]
    [InlineData(200, "{}", 502, "oauth2_provider_answer_invalid")]
    [InlineData(200, """{"access_token":"a","token_type":"mac"}""", 502, "oauth2_provider_answer_invalid")]
    [InlineData(200, """{"access_token":"a\r\nX: y"}""", 502, "oauth2_provider_answer_invalid")]
    [InlineData(200, """{"access_token":"a","access_token":"b"}""", 502, "oauth2_provider_answer_invalid")]
    [InlineData(200, """{"access_token":"a","expires_in":0}""", 502, "oauth2_provider_answer_invalid")]
    [InlineData(200, """{"access_token":"a","expires_in":"soon"}""", 502, "oauth2_provider_answer_invalid")]
    [InlineData(400, """{"error":"invalid_grant"}""", 401, "oauth2_refused_by_provider")]
    [InlineData(401, """{"error":"invalid_client"}""", 502, "oauth2_provider_answer_invalid")]
    [InlineData(302, "", 502, "oauth2_provider_answer_invalid")]
    [InlineData(500, "", 503, "oauth2_provider_unavailable")]
    [InlineData(429, "", 503, "oauth2_provider_unavailable")]
    public async Task Answer_ThatIsNoTokens_LetsNobodyIn(int status, string body, int expected, string reason)
    {
        _world.Issuer.Answer = _ => Task.FromResult(new OAuth2Answer(status, Encoding.UTF8.GetBytes(body)));
        OAuth2Browser browser = _world.Browser();

        OAuth2Visit back = await browser.LogInAsync(_world.Issuer);

        Assert.Equal((expected, reason), back.Answer);
        Assert.Empty(browser.Cookies);
    }

    [Fact]
    public async Task TokenEndpoint_ThatStalls_IsGivenUp()
    {
        var asked = new TaskCompletionSource();
        _world.Issuer.Answer = async cancellationToken =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new OAuth2Answer(200, []);
        };

        Task<OAuth2Visit> logIn = _world.Browser().LogInAsync(_world.Issuer);
        await asked.Task;
        _world.Clock.Advance(OAuth2Provider.Timeout);

        Assert.Equal((503, "oauth2_provider_unavailable"), (await logIn).Answer);
        Assert.Contains("no answer within 10 s", Assert.Single(_world.Problems.All), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_ThatCannotBeHad_LetNobodyIn()
    {
        _world.Issuer.Metadata = metadata => metadata["jwks_uri"] = "https://idp.example.com/nowhere";

        Assert.Equal((503, "oauth2_provider_unavailable"), (await _world.Browser().LogInAsync(_world.Issuer)).Answer);
    }

    [Fact]
    public async Task Login_ThatHasExpired_IsRenewedOnce_HoweverManyAsk()
    {
        OAuth2Filter filter = _world.Filter();
        OAuth2Browser[] tabs = [_world.Browser(filter), _world.Browser(filter), _world.Browser(filter)];
        await tabs[0].LogInAsync(_world.Issuer);
        foreach (OAuth2Browser tab in tabs[1..])
        {
            foreach ((string name, string value) in tabs[0].Cookies)
                tab.Cookies[name] = value;
        }
        string first = (await tabs[0].GetAsync("/")).Run.RequestField("Authorization")!;
        _world.Clock.Advance(TimeSpan.FromSeconds(301));

        OAuth2Visit[] visits = await Task.WhenAll(tabs.Select(tab => tab.GetAsync("/")));

        Assert.All(visits, visit => Assert.True(visit.IsServed));
        Assert.Single(visits.Select(visit => visit.Run.RequestField("Authorization")).Distinct());
        Assert.NotEqual(first, visits[0].Run.RequestField("Authorization"));
        Assert.Equal("user@example.com", visits[0].Run.RequestField("X-Email"));
        Assert.Equal(1, _world.Issuer.Renewals);
        _world.Clock.Advance(TimeSpan.FromSeconds(301));
        Assert.True((await tabs[1].GetAsync("/")).IsServed);
        Assert.Equal(2, _world.Issuer.Renewals);
    }

    [Fact]
    public async Task Renewal_WithoutNewIdToken_KeepsWhoItIs()
    {
        OAuth2Browser browser = _world.Browser();
        await browser.LogInAsync(_world.Issuer);
        _world.Issuer.Tokens = tokens => tokens.Remove("id_token");
        _world.Clock.Advance(TimeSpan.FromSeconds(301));

        OAuth2Visit visit = await browser.GetAsync("/");

        Assert.Equal(("user@example.com", "user-1"), (visit.Run.RequestField("X-Email"), visit.Run.Context.User));
        Assert.Contains("id_token_hint", (await browser.GetAsync("/logout")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renewal_AsAnotherUser_IsALogin()
    {
        OAuth2Browser browser = _world.Browser();
        await browser.LogInAsync(_world.Issuer);
        _world.Issuer.Claims = claims => claims["sub"] = "user-2";
        _world.Clock.Advance(TimeSpan.FromSeconds(301));

        Assert.Equal((302, "oauth2_login"), (await browser.GetAsync("/")).Answer);
    }

    [Fact]
    public async Task Renewal_ThatIsRefused_IsALogin()
    {
        OAuth2Browser browser = _world.Browser();
        await browser.LogInAsync(_world.Issuer);
        _world.Issuer.Answer = _ => Task.FromResult(new OAuth2Answer(400, """{"error":"invalid_grant"}"""u8.ToArray()));
        _world.Clock.Advance(TimeSpan.FromSeconds(301));

        Assert.Equal((302, "oauth2_login"), (await browser.GetAsync("/")).Answer);
        Assert.Equal((401, "oauth2_unauthenticated"), (await browser.GetAsync("/", ("Sec-Fetch-Mode", "cors"))).Answer);
    }

    [Fact]
    public async Task Renewal_WhileTheProviderIsDown_LetsNobodyIn_AndGoesOnLater()
    {
        OAuth2Browser browser = _world.Browser();
        await browser.LogInAsync(_world.Issuer);
        _world.Issuer.IsDown = true;
        _world.Clock.Advance(TimeSpan.FromSeconds(301));
        Assert.Equal((503, "oauth2_provider_unavailable"), (await browser.GetAsync("/")).Answer);

        _world.Issuer.IsDown = false;
        _world.Clock.Advance(OAuth2Refreshes.KeptFailure);

        Assert.True((await browser.GetAsync("/")).IsServed);
    }

    [Fact]
    public async Task Login_LastsSevenDaysAtMost()
    {
        OAuth2Browser browser = _world.Browser();
        await browser.LogInAsync(_world.Issuer);

        _world.Clock.Advance(TimeSpan.FromSeconds(OAuth2Session.MaxAge + 1));

        Assert.Equal((302, "oauth2_login"), (await browser.GetAsync("/")).Answer);
    }

    [Fact]
    public async Task OAuth2_WithoutOpenId_NeedsNoIdToken()
    {
        OAuth2Policy policy = new()
        {
            Name = "infra/plain",
            AuthorizationEndpoint = "https://idp.example.com/authorize",
            TokenEndpoint = "https://idp.example.com/token",
            ClientId = TestIssuer.ClientId,
            ClientSecret = new SecretText(TestIssuer.ClientSecret),
            CookieSecret = new SecretText("another secret for the cookies"),
        };
        _world.Issuer.Tokens = tokens => tokens.Remove("id_token");
        OAuth2Browser browser = _world.Browser(_world.Filter(policy));

        await browser.LogInAsync(_world.Issuer);

        Assert.True((await browser.GetAsync("/")).IsServed);
        Assert.Null(_world.Issuer.Authorization);
        Assert.Equal("/", (await browser.GetAsync("/logout")).Location);
    }

    [Fact]
    public async Task AccessToken_IsLookedAt_WhenRulesSaySo()
    {
        OAuth2Policy policy = OAuth2World.Policy with { AccessToken = new OAuth2TokenRules { Audiences = ["api"], ClaimsToHeaders = [new ClaimToHeader("groups", "X-Groups")] } };
        Assert.Equal((401, "oauth2_token_invalid"), (await _world.Browser(_world.Filter(policy)).LogInAsync(_world.Issuer)).Answer);

        long expires = _world.Clock.GetUtcNow().ToUnixTimeSeconds() + 600;
        _world.Issuer.Tokens = tokens => tokens["access_token"] = _world.Issuer.SignWithKey(new JsonObject { ["iss"] = _world.Issuer.Url, ["aud"] = "api", ["exp"] = expires, ["groups"] = "admins" });
        OAuth2Browser browser = _world.Browser(_world.Filter(policy));
        await browser.LogInAsync(_world.Issuer);
        Assert.Equal("admins", (await browser.GetAsync("/", ("X-Groups", "root"))).Run.RequestField("X-Groups"));
    }

    [Fact]
    public async Task Flow_OverHttp_GoesThroughTheCluster()
    {
        using var server = new TestIssuerServer(_world.Issuer);
        var calls = new HttpOAuth2Calls(name => name == "infra/idp:80" ? new Cluster { Name = name, Endpoints = [new Endpoint("127.0.0.1", server.Port)] } : null);
        var providers = new OAuth2Providers(calls, _world.Clock, _world.Problems.Add);
        _world.Issuer.Url = "http://idp.invalid";
        OAuth2Policy policy = OAuth2World.Policy with { Issuer = "http://idp.invalid", Cluster = "infra/idp:80" };
        OAuth2Browser browser = _world.Browser(OAuth2Filter.Create(policy, providers, []));

        OAuth2Visit back = await browser.LogInAsync(_world.Issuer, "/a");

        Assert.Equal(("oauth2_logged_in", "/a"), (back.Run.Reason, back.Location));
        Assert.Equal("idp.invalid", server.Host);
        Assert.True((await browser.GetAsync("/")).IsServed);
    }

    [Fact]
    public async Task Calls_ThatGoWrong_SayWhy()
    {
        using var server = new TestIssuerServer(_world.Issuer);
        var calls = new HttpOAuth2Calls(_ => null);
        var url = new Uri($"http://127.0.0.1:{server.Port}/keys");

        Assert.NotEmpty(await calls.GetAsync(new OAuth2Target(url, null), CancellationToken.None));
        Assert.Contains("404", await Message(new Uri(url, "/none")), StringComparison.Ordinal);
        server.Raw = "HTTP/1.1 302 X\r\nLocation: /keys\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray();
        Assert.Contains("302", await Message(url), StringComparison.Ordinal);
        server.Raw = [.. "HTTP/1.1 200 X\r\nConnection: close\r\n\r\n"u8, .. new byte[IOAuth2Calls.MaxBodyLength + 1]];
        Assert.Contains("octets", await Message(url), StringComparison.Ordinal);
        server.Raw = "HTTP/1.1 200 X\r\nContent-Length: 10\r\nConnection: close\r\n\r\nshort"u8.ToArray();
        Assert.NotEmpty(await Message(url));
        server.Raw = "no http\r\n\r\n"u8.ToArray();
        Assert.NotEmpty(await Message(url));

        // It speaks no TLS.
        Assert.NotEmpty(await Message(new Uri($"https://127.0.0.1:{server.Port}/keys")));
        Assert.Contains("there is no cluster", (await Assert.ThrowsAsync<IOException>(() => calls.GetAsync(new OAuth2Target(url, "a/b:1"), CancellationToken.None))).Message, StringComparison.Ordinal);

        async Task<string> Message(Uri target) => (await Assert.ThrowsAnyAsync<IOException>(() => calls.GetAsync(new OAuth2Target(target, null), CancellationToken.None))).Message;
    }
}
