using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.OAuth2;

namespace Sluice.Proxy.Tests.Filters.OAuth2;

/// <summary>What somebody may try against a login.</summary>
public sealed class OAuth2AttackTests : IDisposable
{
    private readonly OAuth2World _world = new();

    public static TheoryData<string> BadIdTokens =>
        ["nonce", "no nonce", "audience", "issuer", "expired", "no exp", "not yet", "no sub", "party", "at_hash", "none", "HS256", "other key", "no token", "text"];

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("/oauth2/redirect")]
    [InlineData("/oauth2/redirect?code=x")]
    [InlineData("/oauth2/redirect?code=x&state=")]
    [InlineData("/oauth2/redirect?code=x&state=AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Callback_OfNoLogin_IsRefused(string target)
    {
        Assert.Equal((401, "oauth2_state_invalid"), (await _world.Browser().GetAsync(target)).Answer);
        Assert.Equal(0, _world.Issuer.Redemptions);
    }

    [Fact]
    public async Task Callback_OfAnotherBrowser_IsRefused()
    {
        OAuth2Filter filter = _world.Filter();
        OAuth2Visit attacker = await _world.Browser(filter).GetAsync("/");
        string callback = _world.Issuer.Authorize(attacker.Location!).PathAndQuery;
        OAuth2Browser victim = _world.Browser(filter);
        await victim.GetAsync("/");

        Assert.Equal((401, "oauth2_state_invalid"), (await victim.GetAsync(callback)).Answer);
        Assert.Equal(0, _world.Issuer.Redemptions);
    }

    [Fact]
    public async Task Callback_Twice_IsRefused_EvenWithTheCookie()
    {
        OAuth2Browser browser = _world.Browser();
        OAuth2Visit sent = await browser.GetAsync("/");
        string callback = _world.Issuer.Authorize(sent.Location!).PathAndQuery;
        var kept = new Dictionary<string, string>(browser.Cookies);
        await browser.GetAsync(callback);
        browser.Cookies.Clear();
        foreach ((string name, string value) in kept)
            browser.Cookies[name] = value;

        Assert.Equal((401, "oauth2_state_invalid"), (await browser.GetAsync(callback)).Answer);
        Assert.Equal(1, _world.Issuer.Redemptions);
    }

    [Fact]
    public async Task Callback_TooLate_IsRefused()
    {
        OAuth2Browser browser = _world.Browser();
        OAuth2Visit sent = await browser.GetAsync("/");
        string callback = _world.Issuer.Authorize(sent.Location!).PathAndQuery;

        _world.Clock.Advance(TimeSpan.FromSeconds(OAuth2Transaction.MaxAge + 1));

        Assert.Equal((401, "oauth2_state_invalid"), (await browser.GetAsync(callback)).Answer);
    }

    [Fact]
    public async Task Callback_OfAnotherState_WithTheCookieRenamed_IsRefused()
    {
        OAuth2Browser browser = _world.Browser();
        OAuth2Visit one = await browser.GetAsync("/");
        (string name, string value) = Assert.Single(browser.Cookies);
        browser.Cookies.Clear();
        browser.Cookies[name[..^22] + "BBBBBBBBBBBBBBBBBBBBBB"] = value;
        string callback = _world.Issuer.Authorize(one.Location!).PathAndQuery.Replace(name[^22..], "BBBBBBBBBBBBBBBBBBBBBB", StringComparison.Ordinal);

        Assert.Equal((401, "oauth2_state_invalid"), (await browser.GetAsync(callback)).Answer);
    }

    [Theory]
    [InlineData("&error=access_denied", "oauth2_refused_by_provider")]
    [InlineData("&code=again", "oauth2_refused_by_provider")]
    [InlineData("&state=again", "oauth2_state_invalid")]
    public async Task Callback_WithMore_IsRefused(string more, string reason)
    {
        OAuth2Browser browser = _world.Browser();
        OAuth2Visit sent = await browser.GetAsync("/");

        OAuth2Visit back = await browser.GetAsync(_world.Issuer.Authorize(sent.Location!).PathAndQuery + more);

        Assert.Equal((401, reason), back.Answer);
        Assert.Equal(0, _world.Issuer.Redemptions);
    }

    [Fact]
    public async Task Callback_OfAnotherProvider_IsRefused_BeforeItGetsTheCode()
    {
        OAuth2Browser browser = _world.Browser();
        OAuth2Visit sent = await browser.GetAsync("/");
        string callback = _world.Issuer.Authorize(sent.Location!).PathAndQuery;

        OAuth2Visit back = await browser.GetAsync(callback[..callback.IndexOf("&iss=", StringComparison.Ordinal)] + "&iss=https%3A%2F%2Fother.example");

        Assert.Equal((401, "oauth2_issuer_mismatch"), back.Answer);
        Assert.Equal(0, _world.Issuer.Redemptions);
    }

    [Theory]
    [MemberData(nameof(BadIdTokens))]
    public async Task IdToken_ThatIsNotRight_LetsNobodyIn(string what)
    {
        Spoil(what);
        OAuth2Browser browser = _world.Browser();

        OAuth2Visit back = await browser.LogInAsync(_world.Issuer);

        Assert.Equal((401, "oauth2_token_invalid"), back.Answer);
        Assert.Empty(browser.Cookies);
        Assert.False((await browser.GetAsync("/")).IsServed);
        Assert.All(_world.Problems.All, problem => Assert.DoesNotContain("access-", problem, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cookie_ThatWasChanged_IsNone()
    {
        OAuth2Filter filter = _world.Filter();
        OAuth2Browser browser = _world.Browser(filter);
        await browser.LogInAsync(_world.Issuer);
        foreach ((string name, string value) in browser.Cookies.ToArray().Where(cookie => !cookie.Key.Contains("IdToken", StringComparison.Ordinal) && !cookie.Key.Contains("Refresh", StringComparison.Ordinal)))
        {
            for (int i = 0; i < value.Length - 2; i += 7)
            {
                browser.Cookies[name] = value[..i] + (value[i] == 'A' ? 'B' : 'A') + value[(i + 1)..];
                OAuth2Visit visit = await browser.GetAsync("/");
                Assert.True(!visit.IsServed || visit.Run.RequestField("Authorization")!.StartsWith("Bearer access-", StringComparison.Ordinal));
                Assert.True(!name.Contains("Session", StringComparison.Ordinal) || !visit.IsServed);
            }
            browser.Cookies[name] = value;
        }
        Assert.True((await browser.GetAsync("/")).IsServed);
    }

    [Fact]
    public async Task Cookies_OfAnotherPolicy_AreNone()
    {
        OAuth2Filter one = _world.Filter(), other = _world.Filter(OAuth2World.Policy with { Name = "infra/other" });
        OAuth2Browser browser = _world.Browser(one), thief = _world.Browser(other);
        await browser.LogInAsync(_world.Issuer);
        await thief.LogInAsync(_world.Issuer);

        foreach ((string name, string value) in browser.Cookies)
            thief.Cookies[thief.Cookies.Keys.Single(known => known[..^8] == name[..^8])] = value;

        Assert.Equal((302, "oauth2_login"), (await thief.GetAsync("/")).Answer);
    }

    [Fact]
    public async Task Cookies_OfAnotherHost_AreNone_EvenWhenTheyAreKnown()
    {
        OAuth2Filter filter = _world.Filter();
        OAuth2Browser browser = _world.Browser(filter), other = _world.Browser(filter, "other.example.com");
        await browser.LogInAsync(_world.Issuer);
        Assert.True((await browser.GetAsync("/")).IsServed);
        foreach ((string name, string value) in browser.Cookies)
            other.Cookies[name] = value;

        Assert.Equal((302, "oauth2_login"), (await other.GetAsync("/")).Answer);
    }

    [Fact]
    public async Task AccessToken_OfAnotherSession_IsNotForwarded()
    {
        OAuth2Filter filter = _world.Filter(OAuth2World.Policy with { Cookies = new OAuth2CookieSettings { DisableRefreshToken = true } });
        OAuth2Browser browser = _world.Browser(filter), other = _world.Browser(filter);
        await browser.LogInAsync(_world.Issuer);
        await other.LogInAsync(_world.Issuer);
        string name = browser.Cookies.Keys.Single(known => known.Contains("Bearer", StringComparison.Ordinal));

        browser.Cookies[name] = other.Cookies[name];

        Assert.Equal((302, "oauth2_login"), (await browser.GetAsync("/")).Answer);
    }

    [Fact]
    public async Task Cookie_OfOneKind_OpensAsNoOther()
    {
        OAuth2Filter filter = _world.Filter();
        OAuth2Browser browser = _world.Browser(filter);
        await browser.LogInAsync(_world.Issuer);
        string id = browser.Cookies.Single(cookie => cookie.Key.Contains("IdToken", StringComparison.Ordinal)).Value;
        string session = browser.Cookies.Keys.Single(known => known.Contains("Session", StringComparison.Ordinal));

        browser.Cookies[session] = id;

        Assert.False((await browser.GetAsync("/")).IsServed);
    }

    [Fact]
    public async Task Request_WithoutAHost_IsRefused()
    {
        OAuth2Browser browser = _world.Browser(host: "");

        Assert.Equal((400, "oauth2_host_missing"), (await browser.GetAsync("/")).Answer);
    }

    [Fact]
    public async Task Tokens_TooLargeForCookies_AreRefused()
    {
        _world.Issuer.Tokens = tokens => tokens["access_token"] = new string('a', 15_000);
        OAuth2Browser browser = _world.Browser();

        OAuth2Visit back = await browser.LogInAsync(_world.Issuer);

        Assert.Equal((500, "oauth2_tokens_too_large"), back.Answer);
        Assert.Empty(browser.Cookies);
        Assert.Contains(_world.Problems.All, problem => problem.Contains("octets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tokens_TooLargeForOneCookie_StandInSeveral()
    {
        _world.Issuer.Tokens = tokens => tokens["access_token"] = new string('a', 6000);
        OAuth2Browser browser = _world.Browser();

        await browser.LogInAsync(_world.Issuer);

        Assert.All(browser.SetCookies, cookie => Assert.InRange(cookie.Length, 1, 4096));
        Assert.Equal(6, browser.Cookies.Count);
        OAuth2Visit served = await browser.GetAsync("/");
        Assert.Equal("Bearer " + new string('a', 6000), served.Run.RequestField("Authorization"));
        Assert.Null(served.Run.Field("Cookie"));
        Assert.Equal("Bearer " + new string('a', 6000), (await browser.GetAsync("/")).Run.RequestField("Authorization"));
    }

    [Fact]
    public async Task Client_ThatHasGone_IsNotAnswered()
    {
        var never = new TaskCompletionSource<OAuth2Answer>();
        _world.Issuer.Answer = _ => never.Task;
        OAuth2Filter filter = _world.Filter();
        OAuth2Browser browser = _world.Browser(filter);
        OAuth2Visit sent = await browser.GetAsync("/");
        Uri callback = _world.Issuer.Authorize(sent.Location!);
        string cookie = string.Join("; ", browser.Cookies.Select(pair => $"{pair.Key}={pair.Value}"));
        var run = new Chain.FilterRun(Routing.TestHead.Create("GET", "app.example.com", callback.AbsolutePath, callback.Query, ("Cookie", cookie)), clock: _world.Clock);
        run.Context.MarkSecure();

        Task<FilterVerdict> finishing = run.FinishAsync(filter);
        run.Context.Cancel();

        Assert.Equal(FilterVerdict.Cancelled, await finishing);
        never.SetResult(new OAuth2Answer(500, []));
    }

    private void Spoil(string what)
    {
        long now = _world.Clock.GetUtcNow().ToUnixTimeSeconds();
        TestIssuer issuer = _world.Issuer;
        switch (what)
        {
            case "none":
                issuer.Sign = claims => $"{TestIssuer.Encode(new JsonObject { ["alg"] = "none" })}.{TestIssuer.Encode(claims)}.";
                break;
            case "HS256":
                // Signed with what everybody knows: the public key as a shared secret.
                issuer.Sign = claims =>
                {
                    string text = $"{TestIssuer.Encode(new JsonObject { ["alg"] = "HS256", ["kid"] = "one" })}.{TestIssuer.Encode(claims)}";
                    return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(issuer.Get("/keys").Body, Encoding.ASCII.GetBytes(text)))}";
                };
                break;
            case "other key":
                issuer.Sign = claims =>
                {
                    using RSA other = RSA.Create(2048);
                    string text = issuer.SignWithKey(claims)[..^1];
                    text = text[..text.LastIndexOf('.')];
                    return $"{text}.{Base64Url.EncodeToString(other.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
                };
                break;
            case "no token":
                issuer.Tokens = tokens => tokens.Remove("id_token");
                break;
            case "text":
                issuer.Tokens = tokens => tokens["id_token"] = "hello";
                break;
            default:
                issuer.Claims = claims =>
                {
                    (string name, JsonNode? value) = what switch
                    {
                        "nonce" => ("nonce", JsonValue.Create("other")),
                        "no nonce" => ("nonce", null),
                        "audience" => ("aud", JsonValue.Create("other")),
                        "issuer" => ("iss", JsonValue.Create("https://other.example")),
                        "expired" => ("exp", JsonValue.Create(now - 61)),
                        "no exp" => ("exp", null),
                        "not yet" => ("nbf", JsonValue.Create(now + 61)),
                        "no sub" => ("sub", null),
                        "party" => ("azp", JsonValue.Create("other")),
                        _ => ("at_hash", (JsonNode?)JsonValue.Create("AAAAAAAAAAAAAAAAAAAAAA")),
                    };
                    claims.Remove(name);
                    if (value is not null)
                        claims[name] = value;
                };
                break;
        }
    }
}
