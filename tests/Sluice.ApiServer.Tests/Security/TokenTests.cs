using Sluice.ApiServer.Tests.Support;

namespace Sluice.ApiServer.Tests.Security;

public sealed class TokenTests
{
    private const string Accounts = "/api/v1/namespaces/default/serviceaccounts";
    private const string Reviews = "/apis/authentication.k8s.io/v1/tokenreviews";

    [Fact]
    public async Task Review_OfARequestedToken_TellsTheServiceAccountAndTheAudience()
    {
        await using var api = await WithAccountAsync();

        var review = await ReviewAsync(api, await RequestAsync(api, "stream"), "other", "stream");

        Assert.Equal("true", review.TextAt("status.authenticated"));
        Assert.Equal("system:serviceaccount:default:proxy", review.TextAt("status.user.username"));
        Assert.Equal("stream", review.TextAt("status.audiences.0"));
    }

    [Fact]
    public async Task Review_ForAnotherAudience_ProvesNothing()
    {
        await using var api = await WithAccountAsync();

        var review = await ReviewAsync(api, await RequestAsync(api, "stream"), "other");

        Assert.Equal("false", review.TextAt("status.authenticated"));
        Assert.Contains("audience", review.TextAt("status.error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Review_WhenTheServiceAccountWasMadeAnew_ProvesNothing()
    {
        await using var api = await WithAccountAsync();
        var token = await RequestAsync(api, "stream");
        (await api.SendAsync("DELETE", $"{Accounts}/proxy")).Expect(200);
        (await api.SendAsync("POST", Accounts, Account)).Expect(201);

        Assert.Equal("false", (await ReviewAsync(api, token, "stream")).TextAt("status.authenticated"));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    public async Task Review_OfForgedTokens_ProvesNothing(string token)
    {
        await using var api = await WithAccountAsync();

        Assert.Equal("false", (await ReviewAsync(api, token, "stream")).TextAt("status.authenticated"));
    }

    [Fact]
    public async Task Review_OfATokenWithOtherClaims_ProvesNothing()
    {
        await using var api = await WithAccountAsync();
        var parts = (await RequestAsync(api, "stream")).Split('.');
        var other = (await RequestAsync(api, "other")).Split('.');

        Assert.Equal("false", (await ReviewAsync(api, $"{parts[0]}.{other[1]}.{parts[2]}", "other")).TextAt("status.authenticated"));
    }

    [Fact]
    public async Task Request_ForNoServiceAccount_IsNotFound()
    {
        await using var api = new ApiHarness();

        (await api.SendAsync("POST", $"{Accounts}/nobody/token", "{}")).Expect(404);
    }

    [Fact]
    public async Task Request_ForTooShortATime_IsInvalid()
    {
        await using var api = await WithAccountAsync();

        (await api.SendAsync("POST", $"{Accounts}/proxy/token", ApiHarness.Json("{'spec':{'expirationSeconds':5}}"))).Expect(422);
    }

    private static string Account => ApiHarness.Json("{'apiVersion':'v1','kind':'ServiceAccount','metadata':{'name':'proxy'}}");

    private static async Task<ApiHarness> WithAccountAsync()
    {
        var api = new ApiHarness();
        (await api.SendAsync("POST", Accounts, Account)).Expect(201);
        return api;
    }

    private static async Task<string> RequestAsync(ApiHarness api, string audience)
    {
        var body = ApiHarness.Json($"{{'apiVersion':'authentication.k8s.io/v1','kind':'TokenRequest','spec':{{'audiences':['{audience}']}}}}");
        return (await api.SendAsync("POST", $"{Accounts}/proxy/token", body)).Expect(201).TextAt("status.token");
    }

    private static async Task<ApiAnswer> ReviewAsync(ApiHarness api, string token, params string[] audiences)
    {
        var list = string.Join(',', audiences.Select(audience => $"'{audience}'"));
        var body = ApiHarness.Json($"{{'apiVersion':'authentication.k8s.io/v1','kind':'TokenReview','spec':{{'token':'{token}','audiences':[{list}]}}}}");
        return (await api.SendAsync("POST", Reviews, body)).Expect(201);
    }
}
