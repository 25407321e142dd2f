using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Jwt;
using Sluice.Proxy.Tests.Filters.Chain;

namespace Sluice.Proxy.Tests.Filters.Jwt;

/// <summary>Tokens that are accepted, and all the others.</summary>
public sealed class JwtFilterTests : IDisposable
{
    private readonly TokenIssuer _issuer = new();

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("PS384")]
    [InlineData("ES256")]
    public void Token_WithAGoodSignature_IsAccepted_AndRemembered(string algorithm)
    {
        IRequestFilter filter = Filter(Provider());
        string token = _issuer.Issue(algorithm);

        FilterRun first = Bearer(token), second = Bearer(token);

        Assert.Equal(FilterVerdict.Continue, first.Apply(filter));
        Assert.Equal(FilterVerdict.Continue, second.Apply(filter));
        Assert.Same(first.Context.Token, second.Context.Token);
        Assert.Null(first.Field("authorization"));
    }

    [Fact]
    public void Token_WithoutSignature_OrSignedWithThePublicKey_IsRefused()
    {
        IRequestFilter filter = Filter(Provider());

        ExpectRefused(filter, _issuer.Issue("none"), "jwt_algorithm_not_allowed");
        ExpectRefused(filter, _issuer.Issue("None"), "jwt_algorithm_not_allowed");
        ExpectRefused(filter, _issuer.Issue("HS256"), "jwt_algorithm_not_allowed");
        ExpectRefused(filter, _issuer.Issue("RS256")[..^1], "jwt_signature_invalid", "jwt_malformed");
    }

    [Theory]
    [InlineData("ES256", "rsa")]
    [InlineData("RS256", "ec")]
    public void Token_ThatNamesAKeyOfAnotherKind_IsRefused(string algorithm, string keyId) =>
        ExpectRefused(Filter(Provider()), _issuer.Issue(algorithm, keyId: keyId), "jwt_unknown_key");

    [Fact]
    public void Token_OfAnotherKey_IsRefused()
    {
        using var other = new TokenIssuer();

        ExpectRefused(Filter(Provider()), other.Issue("RS256"), "jwt_signature_invalid");
        ExpectRefused(Filter(Provider()), other.Issue("ES256"), "jwt_signature_invalid");
        ExpectRefused(Filter(Provider()), other.Issue("RS256", keyId: "else"), "jwt_unknown_key");
    }

    [Fact]
    public void Token_WhoseKeyIsForAnotherAlgorithm_IsRefused()
    {
        string set = $$"""{"keys":[{{_issuer.RsaKey("rsa").Replace("\"kty\"", "\"alg\":\"RS256\",\"kty\"", StringComparison.Ordinal)}}]}""";
        IRequestFilter filter = Filter(Provider() with { InlineJwks = set });

        Assert.Equal(FilterVerdict.Continue, Bearer(_issuer.Issue("RS256")).Apply(filter));
        ExpectRefused(filter, _issuer.Issue("PS256"), "jwt_unknown_key");
    }

    [Theory]
    [InlineData("""{"iss":"issuer","aud":"shop","exp":1700000000}""", null)] // Within the skew.
    [InlineData("""{"iss":"issuer","aud":["x","shop"],"exp":1700000001.5}""", null)]
    [InlineData("""{"iss":"issuer","aud":"shop"}""", null)]
    [InlineData("""{"iss":"issuer","aud":"shop","exp":1699999940}""", "jwt_expired")]
    [InlineData("""{"iss":"issuer","aud":"shop","nbf":1700000060}""", null)]
    [InlineData("""{"iss":"issuer","aud":"shop","nbf":1700000061}""", "jwt_not_yet_valid")]
    [InlineData("""{"iss":"else","aud":"shop"}""", "jwt_issuer_not_allowed")]
    [InlineData("""{"aud":"shop"}""", "jwt_issuer_not_allowed")]
    [InlineData("""{"iss":"issuer","aud":"shops"}""", "jwt_audience_not_allowed")]
    [InlineData("""{"iss":"issuer"}""", "jwt_audience_not_allowed")]
    [InlineData("""{"iss":"issuer","aud":[["shop"]]}""", "jwt_audience_not_allowed")]
    [InlineData("""{"iss":"issuer","aud":"shop","exp":"never"}""", "jwt_malformed")]
    [InlineData("""{"iss":"issuer","aud":"shop","exp":1e999}""", "jwt_malformed")]
    [InlineData("""{"iss":["issuer"],"aud":"shop"}""", "jwt_malformed")]
    [InlineData("""{"iss":"issuer","aud":"shop","aud":"else"}""", "jwt_malformed")]
    [InlineData("""["iss","issuer"]""", "jwt_malformed")]
    [InlineData("""{"iss":"issuer","aud":"shop","a":[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]}""", "jwt_malformed")]
    public void Claims_DecideAboutATokenWithAGoodSignature(string payload, string? reason)
    {
        FilterRun run = Bearer(_issuer.Sign("RS256", payload));

        Assert.Equal(reason is null ? FilterVerdict.Continue : FilterVerdict.Deny, run.Apply(Filter(Provider())));
        if (reason is not null)
            Assert.Equal(reason, run.Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d")]
    [InlineData("e30.e30.e30")]
    [InlineData("not a token")]
    public void Garbage_IsRefused(string token) => ExpectRefused(Filter(Provider()), token, "jwt_malformed", "jwt_missing");

    [Fact]
    public void HugeToken_OrManyClaims_AreRefused()
    {
        IRequestFilter filter = Filter(Provider());
        string many = string.Join(',', Enumerable.Range(0, JwtToken.MaxClaims).Select(i => $"\"c{i}\":1"));

        ExpectRefused(filter, _issuer.Issue(claims: $"\"a\":\"{new string('x', JwtToken.MaxLength)}\""), "jwt_too_large");
        ExpectRefused(filter, _issuer.Issue(claims: many), "jwt_too_large");
    }

    [Fact]
    public void Header_ThatAsksForSomethingUnknown_IsRefused() =>
        ExpectRefused(Filter(Provider()), _issuer.Sign("RS256", "{\"iss\":\"issuer\",\"aud\":\"shop\"}", more: ",\"crit\":[\"b64\"],\"b64\":false"), "jwt_malformed");

    [Fact]
    public void Missing_IsRefused_UnlessItMayBe_AndNobodySpeaksForAToken()
    {
        JwtProvider provider = Provider() with { ClaimsToHeaders = [new ClaimToHeader("sub", "X-Sub")] };
        FilterRun strict = FilterRun.Get(("X-Sub", "root")), lenient = FilterRun.Get(("X-Sub", "root"));

        Assert.Equal(FilterVerdict.Deny, strict.Apply(Filter(provider)));
        Assert.Equal((401, "jwt_missing", "Bearer"), (strict.Status, strict.Reason, strict.ResponseField("WWW-Authenticate")));
        Assert.Equal(FilterVerdict.Continue, lenient.Apply(Filter(provider, JwtValidationMode.AllowMissing)));
        Assert.Null(lenient.Field("X-Sub"));
        ExpectRefused(Filter(provider, JwtValidationMode.AllowMissing), "wrong", "jwt_malformed");
    }

    [Fact]
    public void TwoTokens_AreRefused()
    {
        string token = _issuer.Issue();
        FilterRun run = FilterRun.Get(("Authorization", $"Bearer {token}"), ("Authorization", $"bearer {token}"));

        Assert.Equal(FilterVerdict.Deny, run.Apply(Filter(Provider())));
        Assert.Equal("jwt_ambiguous", run.Reason);
    }

    [Theory]
    [InlineData("\"sub\":\"alice\"", "sub", "alice")]
    [InlineData("\"sub\":7", "sub", "7")]
    [InlineData("\"sub\":true", "sub", "true")]
    [InlineData("\"a\":{\"b\":\"deep\"}", "a.b", "deep")]
    [InlineData("\"a.b\":\"flat\",\"a\":{\"b\":\"deep\"}", "a.b", "flat")]
    [InlineData("\"a\":[1,2]", "a", "WzEsMl0")]
    [InlineData("\"sub\":null", "sub", null)]
    [InlineData("\"other\":1", "sub", null)]
    public void Claims_GoToTheBackend(string claims, string claim, string? value)
    {
        IRequestFilter filter = Filter(Provider() with { ClaimsToHeaders = [new ClaimToHeader(claim, "X-Claim")] });
        FilterRun run = FilterRun.Get(("Authorization", $"Bearer {_issuer.Issue(claims: claims)}"), ("x-claim", "of the client"));

        Assert.Equal(FilterVerdict.Continue, run.Apply(filter));
        Assert.Null(run.Field("x-claim"));
        Assert.Equal(value, run.RequestField("X-Claim"));
    }

    [Fact]
    public void Claim_ThatWouldEndTheField_IsRefused() =>
        ExpectRefused(Filter(Provider() with { ClaimsToHeaders = [new ClaimToHeader("sub", "X-Claim")] }), _issuer.Issue(claims: "\"sub\":\"a\\r\\nX-Admin: 1\""), "jwt_claim_unusable");

    [Fact]
    public void Places_QueryAndCookie_AreCleaned()
    {
        string token = _issuer.Issue();
        IRequestFilter filter = Filter(Provider() with { Sources = [new JwtSource { Query = "token" }, new JwtSource { Cookie = "session" }] });
        FilterRun query = FilterRun.OfQuery($"?a=1&token={token}&b=2"), cookie = FilterRun.Get(("Cookie", $"a=1; session={token}"));

        Assert.Equal(FilterVerdict.Continue, query.Apply(filter));
        Assert.Equal("?a=1&b=2", query.Query);
        Assert.Equal(FilterVerdict.Continue, cookie.Apply(filter));
        Assert.Equal("a=1", cookie.Field("Cookie"));
    }

    [Fact]
    public void SecondProvider_MayAccept_WhatTheFirstDoesNot()
    {
        using var other = new TokenIssuer();
        IRequestFilter filter = Create(JwtValidationMode.Strict, Provider(), Provider() with { Name = "other", Issuer = "else", InlineJwks = other.Jwks, Audiences = [] });

        Assert.Equal(FilterVerdict.Continue, Bearer(other.Sign("ES256", "{\"iss\":\"else\"}")).Apply(filter));
        ExpectRefused(filter, other.Issue(), "jwt_signature_invalid");
    }

    [Fact]
    public void Expiry_EndsWhatIsRemembered()
    {
        IRequestFilter filter = Filter(Provider() with { ClockSkew = TimeSpan.Zero });
        string token = _issuer.Sign("RS256", $$"""{"iss":"issuer","aud":"shop","exp":{{TokenIssuer.Now + 10}}}""");
        var clock = new Support.ManualClock();

        Assert.Equal(FilterVerdict.Continue, Bearer(token, clock).Apply(filter));
        clock.Advance(TimeSpan.FromSeconds(10));
        FilterRun late = Bearer(token, clock);

        Assert.Equal(FilterVerdict.Deny, late.Apply(filter));
        Assert.Equal("jwt_expired", late.Reason);
    }

    [Fact]
    public void Provider_ThatCannotBeUsed_LeavesNobodyIn()
    {
        var problems = new List<string>();

        Assert.Null(JwtFilter.Create(new JwtPolicy { Providers = [Provider() with { InlineJwks = "{\"keys\":[]}" }] }, FilterRun.Parts().KeySources, problems));
        Assert.Null(JwtFilter.Create(new JwtPolicy(), FilterRun.Parts().KeySources, problems));

        Assert.Contains(problems, problem => problem.Contains("provider \"main\"", StringComparison.Ordinal));
        Assert.Contains("jwt: no provider can be used", problems);
    }

    public void Dispose() => _issuer.Dispose();

    private JwtProvider Provider() => new() { Name = "main", Issuer = "issuer", Audiences = ["shop"], InlineJwks = _issuer.Jwks };

    private static JwtFilter Filter(JwtProvider provider, JwtValidationMode mode = JwtValidationMode.Strict) => Create(mode, provider);

    private static JwtFilter Create(JwtValidationMode mode, params JwtProvider[] providers)
    {
        var problems = new List<string>();
        JwtFilter? filter = JwtFilter.Create(new JwtPolicy { ValidationMode = mode, Providers = providers }, FilterRun.Parts().KeySources, problems);
        Assert.Empty(problems);
        return filter!;
    }

    private static FilterRun Bearer(string token, Support.ManualClock? clock = null) =>
        new(Routing.TestHead.Get("/", ("Authorization", $"Bearer {token}")), clock: clock);

    private static void ExpectRefused(IRequestFilter filter, string token, params string[] reasons)
    {
        FilterRun run = Bearer(token);
        Assert.Equal(FilterVerdict.Deny, run.Apply(filter));
        Assert.Contains(run.Reason, reasons);
        Assert.InRange(run.Status, 401, 403);
        Assert.DoesNotContain(token.Length > 0 ? token : "\0", Encoding.UTF8.GetString(run.Context.Denial!.Body), StringComparison.Ordinal);
    }
}
