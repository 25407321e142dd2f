using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Jwt;
using Sluice.Proxy.Filters.Rbac;
using Sluice.Proxy.Tests.Filters.Chain;
using Sluice.Proxy.Tests.Filters.Jwt;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Filters.Rbac;

/// <summary>Expressions over requests, and what becomes of those that fail.</summary>
public sealed class RbacFilterTests
{
    [Theory]
    [InlineData("request.method == 'POST'", true)]
    [InlineData("request.path == '/a/b?x=1&y=2'", true)]
    [InlineData("request.url_path.startsWith('/a/')", true)]
    [InlineData("request.query == 'x=1&y=2'", true)]
    [InlineData("request.host == 'example.com'", true)]
    [InlineData("request.scheme == 'http' && request.protocol == 'HTTP/1.1'", true)]
    [InlineData("request.headers['x-tenant'] == 'blue'", true)]
    [InlineData("request.headers['x-twice'] == '1,2'", true)]
    [InlineData("request.headers[':path'].endsWith('y=2') && request.headers['host'] == 'example.com'", true)]
    [InlineData("'x-tenant' in request.headers && !('x-other' in request.headers)", true)]
    [InlineData("has(request.headers.cookie)", false)]
    [InlineData("request.headers.exists(name, name == 'x-tenant')", true)]
    [InlineData("request.useragent.contains('curl')", true)]
    [InlineData("source.address == '192.0.2.1:4711' && source.port == 4711", true)]
    [InlineData("destination.port == 443", true)]
    [InlineData("connection.mtls", false)]
    [InlineData("request.time.getFullYear() == 2023", true)]
    [InlineData("request.size == 0", true)]
    public void Attributes_AreThoseOfTheRequest(string expression, bool isTrue) =>
        Assert.Equal(isTrue ? FilterVerdict.Continue : FilterVerdict.Deny, Request().Apply(Filter(new RbacPolicy { Expressions = [expression] })));

    [Theory]
    [InlineData(RbacAction.Allow, false, "true", "false", null)]
    [InlineData(RbacAction.Allow, false, "false", "false", "none")]
    [InlineData(RbacAction.Allow, true, "true", "false", "none")]
    [InlineData(RbacAction.Allow, true, "true", "true", null)]
    [InlineData(RbacAction.Deny, false, "false", "true", "1")]
    [InlineData(RbacAction.Deny, false, "false", "false", null)]
    [InlineData(RbacAction.Deny, true, "true", "false", null)]
    [InlineData(RbacAction.Deny, true, "true", "true", "1")]
    [InlineData(RbacAction.Allow, false, Failing, "true", null)]
    [InlineData(RbacAction.Allow, false, "false", Failing, "none")]
    [InlineData(RbacAction.Allow, true, "true", Failing, "none")]
    [InlineData(RbacAction.Deny, false, Failing, "false", "0")]
    [InlineData(RbacAction.Deny, true, "true", Failing, "1")]
    [InlineData(RbacAction.Deny, true, Failing, "false", null)]
    [InlineData(RbacAction.Allow, false, "connection.tls_version == 'TLSv1.3'", "false", "none")]
    public void Match_Decides_AndAnErrorLetsNobodyIn(RbacAction action, bool matchAll, string first, string second, string? policy)
    {
        FilterRun run = Request();

        FilterVerdict verdict = run.Apply(Filter(new RbacPolicy { Action = action, MatchAll = matchAll, Expressions = [first, second] }));

        Assert.Equal(policy is null ? FilterVerdict.Continue : FilterVerdict.Deny, verdict);
        if (policy is not null)
            Assert.Equal((403, "rbac_denied", $"rbac_access_denied_matched_policy[{policy}]", "RBAC: access denied"), (run.Status, run.Reason, run.Context.Denial!.Details, System.Text.Encoding.UTF8.GetString(run.Context.Denial.Body)));
    }

    [Theory]
    [InlineData(RbacAction.Allow)]
    [InlineData(RbacAction.Deny)]
    public void ExpressionThatCostsTooMuch_LetsNobodyIn(RbacAction action)
    {
        string list = "[" + string.Join(',', Enumerable.Range(0, 200)) + "]";
        FilterRun run = Request();

        Assert.Equal(FilterVerdict.Deny, run.Apply(Filter(new RbacPolicy { Action = action, Expressions = [$"{list}.all(a, {list}.all(b, {list}.all(c, a + b + c < 0 || true)))"] })));
    }

    [Theory]
    [InlineData("request.pth == '/'", "\"path\"")]
    [InlineData("request.path", "bool")]
    [InlineData("request.path ==", "line 1")]
    public void ExpressionThatIsWrong_IsReported_AndNothingIsLeft(string expression, string message)
    {
        var problems = new List<string>();

        Assert.Null(RbacFilter.Create(new RbacPolicy { Expressions = ["true", expression] }, problems));

        Assert.StartsWith("rbac: expression 1: line 1", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Contains(message, problems[0], StringComparison.Ordinal);
    }

    [Fact]
    public void NoExpressions_LetNobodyIn() => Assert.Equal(FilterVerdict.Deny, Request().Apply(Filter(new RbacPolicy())));

    [Fact]
    public void Address_BehindTrustedProxies_IsTheClients()
    {
        IRequestFilter filter = Filter(new RbacPolicy { Expressions = ["source.address == '198.51.100.7:0'"] });
        var trusted = new FilterRun(TestHead.Get("/", ("X-Forwarded-For", "203.0.113.1, 198.51.100.7")), trustedHops: 1);
        var untrusted = new FilterRun(TestHead.Get("/", ("X-Forwarded-For", "198.51.100.7")));
        MarkForwarded(trusted);
        MarkForwarded(untrusted);

        Assert.Equal(FilterVerdict.Continue, trusted.Apply(filter));
        Assert.Equal(FilterVerdict.Deny, untrusted.Apply(filter));
    }

    [Theory]
    [InlineData("metadata.filter_metadata['envoy.filters.http.jwt_authn']['payload']['sub'] == 'alice'", true)]
    [InlineData("metadata.filter_metadata['envoy.filters.http.jwt_authn'].payload.roles.exists(r, r == 'admin')", true)]
    [InlineData("metadata.filter_metadata['envoy.filters.http.jwt_authn']['main'].level >= 3", true)]
    [InlineData("'admin' in metadata.filter_metadata['envoy.filters.http.jwt_authn']['payload']['roles']", true)]
    [InlineData("metadata.filter_metadata['envoy.filters.http.jwt_authn']['payload']['org'] == 'x'", false)]
    [InlineData("metadata.filter_metadata['else']['payload']['sub'] == 'alice'", false)]
    public void Claims_OfTheToken_AreMetadata(string expression, bool isTrue)
    {
        using var issuer = new TokenIssuer();
        IRequestFilter jwt = JwtFilter.Create(new JwtPolicy { Providers = [new JwtProvider { Name = "main", InlineJwks = issuer.Jwks }] }, FilterRun.Parts().KeySources, [])!;
        var chain = new FilterChain([Filter(new RbacPolicy { Expressions = [expression] }), jwt]);
        FilterRun run = FilterRun.Get(("Authorization", $"Bearer {issuer.Issue(claims: "\"sub\":\"alice\",\"roles\":[\"user\",\"admin\"],\"level\":3")}"));

        Assert.Equal(isTrue ? FilterVerdict.Continue : FilterVerdict.Deny, chain.Run(run.Head, run.Context));
    }

    [Fact]
    public void SimpleComparisons_AllocateNothing()
    {
        IRequestFilter filter = Filter(new RbacPolicy { Expressions = ["request.method == 'GET' && request.headers['x-a'] == 'b'", "request.url_path.startsWith('/a') && source.address.startsWith('192.0.2.')"] });
        FilterRun run = Request();
        for (int i = 0; i < 3; i++)
            run.Apply(filter);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            run.Apply(filter);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 999);
    }

    private const string Failing = "request.headers['x-none'] == 'x'";

    private static FilterRun Request()
    {
        var run = new FilterRun(TestHead.Create("POST", "example.com", "/a/b", "?x=1&y=2", ("X-Tenant", "blue"), ("X-Twice", "1"), ("x-twice", "2"), ("User-Agent", "curl/8")));
        run.Context.PeerPort = 4711;
        run.Context.LocalPort = 443;
        return run;
    }

    private static void MarkForwarded(FilterRun run)
    {
        Http.Field field = run.Head.Fields[0];
        field.Known = Http.KnownField.XForwardedFor;
        run.Head.Clear();
        run.Head.TryAdd(field);
    }

    private static RbacFilter Filter(RbacPolicy policy)
    {
        var problems = new List<string>();
        RbacFilter? filter = RbacFilter.Create(policy, problems);
        Assert.Empty(problems);
        return filter!;
    }
}
