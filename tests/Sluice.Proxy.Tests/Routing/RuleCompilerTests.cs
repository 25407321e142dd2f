using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Tests.Filters.Chain;

namespace Sluice.Proxy.Tests.Routing;

public sealed class RuleCompilerTests
{
    [Fact]
    public void Compile_Backend_ComposesTheFiltersOfTheRuleWithItsOwn()
    {
        RouteRule rule = Samples.Rule(
            "edits",
            new WeightedBackend { Cluster = "a", Weight = 1 },
            new WeightedBackend
            {
                Cluster = "b",
                Weight = 1,
                RequestHeaders = [new HeaderModifier { Set = [new HeaderValue("X-One", "backend")] }],
                ResponseHeaders = [new HeaderModifier { Remove = ["Server"] }],
                UrlRewrite = new UrlRewrite { Hostname = "b.example" },
            })
            with
        {
            RequestHeaders = [new HeaderModifier { Set = [new HeaderValue("X-One", "rule")] }],
            UrlRewrite = new UrlRewrite { Hostname = "rule.example", Path = new PathModifier(PathModifierType.ReplaceFullPath, "/x") },
        };

        var forward = (RuntimeForward)Compile(rule, out string[] problems).Action;
        RuntimeBackend first = forward.Choose(0)!, second = forward.Choose(uint.MaxValue)!;

        Assert.Empty(problems);
        Assert.Equal("X-One: rule\r\n", Encoding.ASCII.GetString(first.RequestEdits.AppendedLines));
        Assert.Equal("rule.example", Encoding.ASCII.GetString(first.Rewrite!.Host));
        Assert.NotNull(first.Rewrite.Path);
        Assert.True(first.ResponseEdits.IsEmpty);
        Assert.Equal("X-One: backend\r\n", Encoding.ASCII.GetString(second.RequestEdits.AppendedLines));
        Assert.Equal("b.example", Encoding.ASCII.GetString(second.Rewrite!.Host));
        Assert.Null(second.Rewrite.Path);
        Assert.True(second.ResponseEdits.Removes("server"u8));
    }

    [Fact]
    public void Compile_BackendThatDoesNotResolve_HasNoCluster() =>
        Assert.Equal(-1, Choose(new WeightedBackend { Cluster = null, Weight = 1 }).ClusterId);

    [Fact]
    public void Compile_BackendThatAnswers_CarriesTheAnswer()
    {
        RuntimeBackend backend = Choose(new WeightedBackend { Cluster = null, Weight = 1, Answer = new DirectResponseAction { StatusCode = 418, Body = "tea" } });

        var answer = Assert.IsType<RuntimeDirectResponse>(backend.Answer);
        Assert.Equal(418, answer.StatusCode);
        Assert.Equal("tea"u8, answer.Body.Span);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public void Compile_DirectResponseWithoutContent_HasNoBody(int statusCode)
    {
        var response = (RuntimeDirectResponse)Compile(Samples.Rule("empty", new DirectResponseAction { StatusCode = statusCode, Body = "text" }), out _).Action;

        Assert.True(response.Body.IsEmpty);
    }

    public static TheoryData<RouteAction, string> Unservable => new()
    {
        { new RedirectAction { StatusCode = 200 }, "RequestRedirect: 200 is no status code of a redirect" },
        { new RedirectAction { StatusCode = 302, Scheme = "ftp" }, "RequestRedirect: the scheme \"ftp\" is neither http nor https" },
        { new RedirectAction { StatusCode = 302, Hostname = "a\r\nb" }, "RequestRedirect: \"a\r\nb\" is no hostname" },
        { new RedirectAction { StatusCode = 302, Port = 70000 }, "RequestRedirect: 70000 is no port" },
        { new DirectResponseAction { StatusCode = 99 }, "DirectResponse: 99 is no status code from 200 to 599" },
        { new DirectResponseAction { StatusCode = 200, ContentType = "a\nb" }, "DirectResponse: the content type has a control character" },
    };

    [Theory]
    [MemberData(nameof(Unservable))]
    public void Compile_ActionThatCannotBeServed_AnswersWith500AndIsReported(RouteAction action, string problem)
    {
        RuntimeRule rule = Compile(Samples.Rule("bad", action), out string[] problems);

        Assert.Equal(500, Assert.IsType<RuntimeDirectResponse>(rule.Action).StatusCode);
        Assert.Equal([$"HTTPRoute/test/bad rule 0: {problem}; requests are answered with 500"], problems);
    }

    [Fact]
    public void Compile_RewriteToNoHostname_AnswersWith500AndIsReported()
    {
        var backend = new WeightedBackend { Cluster = "a", Weight = 1, UrlRewrite = new UrlRewrite { Hostname = "a b" } };
        RuntimeRule rule = Compile(Samples.Rule("bad", backend), out string[] problems);

        Assert.IsType<RuntimeDirectResponse>(((RuntimeForward)rule.Action).Choose()!.Answer);
        Assert.Equal(["HTTPRoute/test/bad rule 0: URLRewrite: \"a b\" is no hostname; requests are answered with 500"], problems);
    }

    private static RuntimeBackend Choose(WeightedBackend backend) =>
        ((RuntimeForward)Compile(Samples.Rule("one", backend), out _).Action).Choose()!;

    private static RuntimeRule Compile(RouteRule rule, out string[] problems)
    {
        RuntimeRule compiled = new RuleCompiler(_ => 0, SessionKey.Random(), FilterRun.Parts()).Compile(rule);
        var set = new HashSet<string>();
        compiled.CollectProblems(set);
        problems = [.. set];
        return compiled;
    }
}
