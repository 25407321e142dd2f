using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.OAuth2;
using Sluice.Proxy.Http;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Filters.OAuth2;

public sealed class OAuth2LoginTests : IDisposable
{
    private readonly OAuth2World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Login_LeadsToTheProviderAndBackToWhereItBegan()
    {
        OAuth2Browser browser = _world.Browser();

        OAuth2Visit sent = await browser.GetAsync("/inbox?folder=a%20b&x=1");
        Assert.Equal((302, "oauth2_login"), sent.Answer);
        Assert.Contains("&redirect_uri=https%3A%2F%2Fapp.example.com%2Foauth2%2Fredirect&scope=openid%20email&state=", sent.Location, StringComparison.Ordinal);
        string cookie = Assert.Single(browser.SetCookies);
        Assert.Matches("^__Host-OauthState-[0-9a-f]{8}-[-_A-Za-z0-9]{22}=1\\.[-_A-Za-z0-9]+; Path=/; Max-Age=300; HttpOnly; SameSite=Lax; Secure$", cookie);

        OAuth2Visit back = await browser.GetAsync(_world.Issuer.Authorize(sent.Location!).PathAndQuery);
        Assert.Equal((302, "oauth2_logged_in", "/inbox?folder=a%20b&x=1"), (back.Run.Status, back.Run.Reason, back.Location));

        OAuth2Visit served = await browser.GetAsync("/inbox", ("X-Email", "somebody@else.example"), ("Authorization", "Bearer mine"));
        Assert.True(served.IsServed);
        Assert.Equal(("user@example.com", "user-1"), (served.Run.RequestField("X-Email"), served.Run.Context.User));
        Assert.StartsWith("Bearer access-", served.Run.RequestField("Authorization"), StringComparison.Ordinal);
        Assert.Null(served.Run.Field("X-Email"));
        Assert.Null(served.Run.Field("Authorization"));
        Assert.Null(served.Run.Field("Cookie"));
    }

    [Fact]
    public async Task Cookies_HoldNothingReadable_AndOnlyWhatIsNeeded()
    {
        OAuth2Browser browser = _world.Browser();

        await browser.LogInAsync(_world.Issuer);

        Assert.Equal(4, browser.Cookies.Count);
        foreach (string cookie in browser.SetCookies.Where(cookie => !cookie.Contains("Max-Age=0", StringComparison.Ordinal)))
            Assert.Matches("^__Host-(OauthSession|BearerToken|IdToken|RefreshToken)-[0-9a-f]{8}=1\\.[-_A-Za-z0-9]+; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure$", cookie);
        foreach (string value in browser.Cookies.Values)
        {
            string text = Encoding.Latin1.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(value.AsSpan(2)));
            Assert.DoesNotContain("access-", text, StringComparison.Ordinal);
            Assert.DoesNotContain("user", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cookies_OfOthers_StayInTheRequest()
    {
        OAuth2Browser browser = _world.Browser();
        browser.Cookies["theme"] = "dark";
        await browser.LogInAsync(_world.Issuer);
        browser.Cookies["lang"] = "en";

        OAuth2Visit served = await browser.GetAsync("/");

        Assert.Equal("theme=dark; lang=en", served.Run.Field("Cookie"));
    }

    [Fact]
    public async Task Cookies_AreNamedAndLimitedAsConfigured()
    {
        OAuth2Policy policy = OAuth2World.Policy with
        {
            ForwardAccessToken = false,
            Cookies = new OAuth2CookieSettings { Domain = "example.com", IdTokenName = "Id", SameSite = OAuth2SameSite.None, DisableAccessToken = true, DisableRefreshToken = true },
        };
        OAuth2Browser browser = _world.Browser(_world.Filter(policy));

        await browser.LogInAsync(_world.Issuer);

        Assert.Equal(2, browser.Cookies.Count);
        Assert.Contains("Id", browser.Cookies.Keys);
        Assert.All(browser.SetCookies, cookie => Assert.Contains("; SameSite=None; Domain=example.com; Secure", cookie, StringComparison.Ordinal));
        Assert.Contains(browser.SetCookies, cookie => cookie.StartsWith("__Secure-OauthSession-", StringComparison.Ordinal) && cookie.Contains("; Max-Age=300;", StringComparison.Ordinal));
        Assert.True((await browser.GetAsync("/")).IsServed);
    }

    [Fact]
    public async Task Login_InCleartext_HasNoSecureCookies()
    {
        OAuth2Browser browser = _world.Browser(secure: false);

        OAuth2Visit sent = await browser.GetAsync("/");

        Assert.Contains("redirect_uri=http%3A%2F%2Fapp.example.com%2F", sent.Location, StringComparison.Ordinal);
        Assert.DoesNotContain("Secure", Assert.Single(browser.SetCookies), StringComparison.Ordinal);
        await browser.GetAsync(_world.Issuer.Authorize(sent.Location!).PathAndQuery);
        Assert.True((await browser.GetAsync("/")).IsServed);
    }

    [Fact]
    public async Task Login_Strict_EndsWithAPageOfThisSite()
    {
        OAuth2Browser browser = _world.Browser(_world.Filter(OAuth2World.Policy with { Cookies = new OAuth2CookieSettings { SameSite = OAuth2SameSite.Strict } }));

        OAuth2Visit sent = await browser.GetAsync("/inbox");
        Assert.Contains("SameSite=Lax", Assert.Single(browser.SetCookies), StringComparison.Ordinal);
        OAuth2Visit back = await browser.GetAsync(_world.Issuer.Authorize(sent.Location!).PathAndQuery);

        Assert.Equal((200, "0; url=/inbox"), (back.Run.Status, back.Run.ResponseField("Refresh")));
        Assert.Contains(browser.SetCookies, cookie => cookie.Contains("SameSite=Strict", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("//evil.example/x")]
    [InlineData("/\\evil.example")]
    public async Task Target_ThatBrowsersTakeForAnotherHost_IsForgotten(string path)
    {
        OAuth2Visit back = await _world.Browser().LogInAsync(_world.Issuer, path);

        Assert.Equal("/", back.Location);
    }

    [Fact]
    public async Task Target_TooLong_IsForgotten() =>
        Assert.Equal("/", (await _world.Browser().LogInAsync(_world.Issuer, "/" + new string('a', OAuth2Request.MaxTargetLength))).Location);

    [Fact]
    public async Task Target_OnAnotherHostOfTheDomain_IsWhereItBegan()
    {
        OAuth2Policy policy = OAuth2World.Policy with { RedirectUri = "https://login.example.com/back", Cookies = new OAuth2CookieSettings { Domain = "example.com" } };
        OAuth2Filter filter = _world.Filter(policy);
        OAuth2Browser app = _world.Browser(filter), login = _world.Browser(filter, "login.example.com");

        OAuth2Visit sent = await app.GetAsync("/a?b");
        foreach ((string name, string value) in app.Cookies)
            login.Cookies[name] = value;
        OAuth2Visit back = await login.GetAsync(_world.Issuer.Authorize(sent.Location!).PathAndQuery);

        Assert.Equal("https://app.example.com/a?b", back.Location);
    }

    [Fact]
    public async Task Scripts_AndThoseThatAreNamed_GetNoRedirect()
    {
        OAuth2Policy policy = OAuth2World.Policy with { DenyRedirect = [new ValueMatch("x-requested-with", ValueMatchType.Exact, "XMLHttpRequest"), new ValueMatch("accept", ValueMatchType.RegularExpression, ".*json.*")] };
        OAuth2Browser browser = _world.Browser(_world.Filter(policy));

        Assert.Equal((401, "oauth2_unauthenticated"), (await browser.GetAsync("/", ("X-Requested-With", "XMLHttpRequest"), ("Accept", "application/json"))).Answer);
        Assert.Equal((401, "oauth2_unauthenticated"), (await browser.GetAsync("/", ("Sec-Fetch-Mode", "cors"))).Answer);
        Assert.Equal((401, "oauth2_unauthenticated"), (await browser.SendAsync("POST", "/", ("Content-Type", "application/grpc"))).Answer);
        Assert.Equal((302, "oauth2_login"), (await browser.GetAsync("/", ("X-Requested-With", "XMLHttpRequest"))).Answer);
        Assert.Equal((302, "oauth2_login"), (await browser.GetAsync("/", ("Sec-Fetch-Mode", "navigate"))).Answer);
    }

    [Fact]
    public async Task Logout_ForgetsTheUserHereAndThere()
    {
        OAuth2Browser browser = _world.Browser();
        await browser.LogInAsync(_world.Issuer);

        OAuth2Visit visit = await browser.GetAsync("/logout");

        Assert.Equal((302, "oauth2_logged_out"), visit.Answer);
        Assert.StartsWith("https://idp.example.com/logout?client_id=app&post_logout_redirect_uri=https%3A%2F%2Fapp.example.com%2F&id_token_hint=ey", visit.Location, StringComparison.Ordinal);
        Assert.Empty(browser.Cookies);
        Assert.Equal((302, "oauth2_login"), (await browser.GetAsync("/")).Answer);
    }

    [Fact]
    public async Task Logout_WithoutTheProvider_ForgetsTheUserHere()
    {
        OAuth2Browser browser = _world.Browser();
        await browser.LogInAsync(_world.Issuer);
        _world.Issuer.IsDown = true;
        OAuth2Browser other = _world.Browser(_world.Filter(OAuth2World.Policy with { Name = "infra/other" }));

        Assert.Equal("/", (await other.GetAsync("/logout")).Location);
    }

    [Fact]
    public async Task LoginsOnTheirWay_DoNotFillTheBrowser()
    {
        OAuth2Browser browser = _world.Browser();

        for (int i = 0; i < 20; i++)
        {
            await browser.GetAsync("/");
            Assert.InRange(browser.Cookies.Count, 1, 6);
        }
    }

    [Fact]
    public async Task Tabs_LogInSideBySide()
    {
        OAuth2Browser browser = _world.Browser();
        OAuth2Visit one = await browser.GetAsync("/one"), two = await browser.GetAsync("/two");

        Assert.Equal("/two", (await browser.GetAsync(_world.Issuer.Authorize(two.Location!).PathAndQuery)).Location);
        Assert.Equal("/one", (await browser.GetAsync(_world.Issuer.Authorize(one.Location!).PathAndQuery)).Location);
    }

    [Fact]
    public async Task Secret_StandsWhereTheProviderWantsIt()
    {
        await _world.Browser().LogInAsync(_world.Issuer);
        Assert.StartsWith("Basic ", _world.Issuer.Authorization, StringComparison.Ordinal);

        _world.Issuer.Metadata = metadata => metadata["token_endpoint_auth_methods_supported"] = new System.Text.Json.Nodes.JsonArray("client_secret_post");
        await _world.Browser(_world.Filter(OAuth2World.Policy with { Name = "infra/post" })).LogInAsync(_world.Issuer);
        Assert.Null(_world.Issuer.Authorization);
    }

    [Fact]
    public async Task Session_ThatIsKnown_IsServedWithoutAllocating()
    {
        OAuth2Filter filter = _world.Filter();
        OAuth2Browser browser = _world.Browser(filter);
        await browser.LogInAsync(_world.Issuer);
        await browser.GetAsync("/");
        string cookie = string.Join("; ", browser.Cookies.Select(pair => $"{pair.Key}={pair.Value}"));
        RequestHead[] heads = [.. Enumerable.Range(0, 200).Select(_ => TestHead.Create("GET", "app.example.com", "/", "", ("Cookie", cookie)))];
        var edits = new ExchangeEdits();
        var context = new FilterContext(new FastRandom(7), _world.Clock, () => edits);
        Assert.Equal(FilterVerdict.Continue, Serve(heads[0]));
        Serve(heads[1]);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 2; i < heads.Length; i++)
            Serve(heads[i]);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        FilterVerdict Serve(RequestHead head)
        {
            context.Begin("192.0.2.1"u8, null, 0, 1000);
            context.MarkSecure();
            FilterVerdict verdict = filter.Apply(head, context);
            context.End();
            edits.Clear();
            return verdict;
        }
    }
}
