using Sluice.Configuration;
using Sluice.Resources.Policies.Traffic;
using Sluice.Translation.Policies.Traffic;

namespace Sluice.Translation.Tests.Policies.Traffic;

public sealed class RewriteCompilerTests
{
    private readonly KnownSurroundings _surroundings = new();

    [Theory]
    [InlineData("^/a/(.*)", @"/\1", true)]
    [InlineData("(", "/", false)]
    [InlineData("a", @"\1", false)]
    public void PathRegex_ThatCannotBeUsed_IsReported(string pattern, string substitution, bool isUsable)
    {
        var rewrite = UrlRewriteCompiler.Compile(new UrlRewritePolicy { PathRegex = new PathRegexRewrite { Pattern = pattern, Substitution = substitution } }, _surroundings, "urlRewrite");

        Assert.Equal(isUsable ? new Configuration.Policies.PathRegexRewrite(pattern, substitution) : null, rewrite);
        Assert.Equal(isUsable ? 0 : 1, _surroundings.Problems.Count(problem => problem.Field == "urlRewrite.pathRegex"));
    }

    [Fact]
    public void AutoHostRewrite_GivesEachBackendItsName_UnlessOneIsGiven()
    {
        var path = new PathModifier(PathModifierType.ReplaceFullPath, "/p");
        var rule = new RouteRule
        {
            Route = "HTTPRoute/a/b",
            Index = 0,
            UrlRewrite = new UrlRewrite { Path = path },
            Action = new ForwardAction(
            [
                Backend("a/one:80"),
                Backend("a/two:80") with { UrlRewrite = new UrlRewrite { Hostname = "own" } },
                Backend("a/none:80"),
                new WeightedBackend { Cluster = null, Weight = 1 },
            ]),
        };

        RouteRule applied = AutoHostRewriteCompiler.Apply(rule, cluster => cluster == "a/none:80" ? null : $"host of {cluster}");

        var backends = ((ForwardAction)applied.Action).Backends;
        Assert.Equal(new UrlRewrite { Hostname = "host of a/one:80", Path = path }, backends[0].UrlRewrite);
        Assert.Equal("own", backends[1].UrlRewrite!.Hostname);
        Assert.Null(backends[2].UrlRewrite);
        Assert.Null(backends[3].UrlRewrite);

        RouteRule named = rule with { UrlRewrite = new UrlRewrite { Hostname = "given" } };
        Assert.Same(named, AutoHostRewriteCompiler.Apply(named, _ => "host"));
    }

    [Theory]
    [InlineData("apps/web:80", "10.0.0.1", "web.apps.svc.cluster.local")]
    [InlineData("apps/web:80/h2", "10.0.0.1", "web.apps.svc.cluster.local")]
    [InlineData("apps/web:80", "api.example.com", "api.example.com")]
    [InlineData("Backend/apps/web", "10.0.0.1", null)]
    public void Hostname_IsTheEndpoints_OrTheServices(string cluster, string address, string? expected) =>
        Assert.Equal(expected, AutoHostRewriteCompiler.Hostname(new Cluster { Name = cluster, Endpoints = [new Endpoint(address, 80)] }));

    private static WeightedBackend Backend(string cluster) => new() { Cluster = cluster, Weight = 1 };
}
