using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.OAuth2;

namespace Sluice.Proxy.Tests.Filters.OAuth2;

/// <summary>Policies that cannot be put in force.</summary>
public sealed class OAuth2CheckTests : IDisposable
{
    private readonly OAuth2World _world = new();

    public static TheoryData<string, string> Wrong => new()
    {
        { "credentials.clientID", "client" },
        { "credentials.clientSecretRef", "withheld" },
        { "credentials.clientSecretRef", "short" },
        { "issuerURI", "none" },
        { "issuerURI", "relative" },
        { "tokenEndpoint", "endpoint" },
        { "redirectURI", "redirect" },
        { "logoutPath", "logout" },
        { "logoutPath", "logout is callback" },
        { "cookies.names", "names" },
        { "cookies.names.idToken", "name" },
        { "cookies.domain", "domain" },
        { "cookies.disableAccessTokenSetCookie", "forward" },
        { "jwt.jwksURI", "keys" },
        { "jwt.idToken.claimsToHeaders", "claim" },
        { "scopes", "scope" },
        { "denyRedirect.headers", "deny" },
    };

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Policy_ThatCannotBeUsed_NamesTheField(string field, string what)
    {
        var problems = new List<string>();

        Assert.Null(OAuth2Filter.Create(Spoiled(what), _world.Providers, problems));

        Assert.StartsWith($"oauth2 infra/idp: {field}: ", Assert.Single(problems), StringComparison.Ordinal);
        Assert.DoesNotContain("hush", problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Chain_OfAPolicyThatCannotBeUsed_RefusesEverything()
    {
        using var parts = new FilterParts(null!) { OAuth2 = _world.Providers };
        var problems = new List<string>();

        List<IRequestFilter> filters = FilterCompiler.Compile(new RequestPolicies { OAuth2 = Spoiled("scope") }, parts, 0, problems);

        Assert.IsType<RefusingFilter>(Assert.Single(filters));
        Assert.Single(problems);
    }

    private static OAuth2Policy Spoiled(string what)
    {
        OAuth2Policy policy = OAuth2World.Policy;
        return what switch
        {
            "client" => policy with { ClientId = "" },
            "withheld" => policy with { ClientSecret = SecretText.Withheld },
            "short" => policy with { ClientSecret = new SecretText("hush") },
            "none" => policy with { Issuer = null },
            "relative" => policy with { Issuer = "idp.example.com" },
            "endpoint" => policy with { TokenEndpoint = "ftp://idp.example.com/token" },
            "redirect" => policy with { RedirectUri = "https://app.example.com/back?x=1" },
            "logout" => policy with { LogoutPath = "logout" },
            "logout is callback" => policy with { LogoutPath = "/oauth2/redirect" },
            "names" => policy with { Cookies = new OAuth2CookieSettings { AccessTokenName = "a", IdTokenName = "a" } },
            "name" => policy with { Cookies = new OAuth2CookieSettings { IdTokenName = "a b" } },
            "domain" => policy with { Cookies = new OAuth2CookieSettings { Domain = "example.com; Path=/x" } },
            "forward" => policy with { Cookies = new OAuth2CookieSettings { DisableAccessToken = true } },
            "keys" => policy with { Issuer = null, AuthorizationEndpoint = "https://a.example/a", TokenEndpoint = "https://a.example/t" },
            "claim" => policy with { IdToken = new OAuth2TokenRules { ClaimsToHeaders = [new ClaimToHeader("sub", "Host")] } },
            "scope" => policy with { Scopes = ["open id"] },
            _ => policy with { DenyRedirect = [new ValueMatch("accept", ValueMatchType.RegularExpression, "(")] },
        };
    }
}
