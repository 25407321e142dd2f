using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.PathRegex;
using Sluice.Proxy.Tests.Filters.Chain;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Filters.PathRegex;

public sealed class PathRegexFilterTests
{
    [Theory]
    [InlineData("^/v1/(.*)$", @"/api/\1", "/v1/users/7", "/api/users/7")]
    [InlineData("/users/(?<id>[0-9]+)", @"/u/\g<id>/x", "/users/42/edit", "/u/42/x/edit")]
    [InlineData("a", "b", "/aXa", "/bXb")]
    [InlineData("^/none", "/x", "/p", "/p")]
    public void Path_IsRewritten(string pattern, string substitution, string path, string expected)
    {
        var run = new FilterRun(TestHead.Create("GET", "example.com", path, "?q=/v1/"));

        Assert.Equal(FilterVerdict.Continue, run.Apply(Filter(pattern, substitution)));

        Assert.Equal(expected, Encoding.ASCII.GetString(run.Context.RewrittenPath));
        Assert.Equal("?q=/v1/", run.Query);
    }

    [Theory]
    [InlineData("^/", "")]
    [InlineData("^/.*", "http://evil.example/")]
    [InlineData("b", "?x=")]
    [InlineData("b", " ")]
    [InlineData("b", "\r\nX: y")]
    [InlineData("b", "%")]
    [InlineData("^/(.)(.*)", @"/\1/..")]
    [InlineData("^/.*", "/a/%2E%2e/b")]
    [InlineData("^/.*", "/./")]
    [InlineData("b", "ü")]
    public void Path_ThatIsNone_IsRefused(string pattern, string substitution)
    {
        var run = new FilterRun(TestHead.Get("/abc"));

        Assert.Equal(FilterVerdict.Deny, run.Apply(Filter(pattern, substitution)));

        Assert.Equal((400, "path_rewrite_invalid"), (run.Status, run.Reason));
    }

    [Fact]
    public void Path_TooLong_IsRefused()
    {
        var run = new FilterRun(TestHead.Get("/" + new string('a', 1000)));

        Assert.Equal(FilterVerdict.Deny, run.Apply(Filter("a", new string('b', 100))));
    }

    [Fact]
    public void Options_Asterisk_HasNoPath() =>
        Assert.Equal(FilterVerdict.Continue, new FilterRun(TestHead.Create("OPTIONS", "example.com", "*", "")).Apply(Filter("^.*", "x")));

    [Theory]
    [InlineData("(", "/")]
    [InlineData("(a)", @"\2")]
    [InlineData("(a)", @"\g<b>")]
    [InlineData("a", @"\")]
    [InlineData("a{1000}", "/")]
    public void Rewrite_ThatCannotBeUsed_IsReported(string pattern, string substitution)
    {
        var problems = new List<string>();

        Assert.Null(PathRegexFilter.Create(new PathRegexRewrite(pattern, substitution), problems));

        Assert.StartsWith("pathRegex: ", Assert.Single(problems), StringComparison.Ordinal);
    }

    private static PathRegexFilter Filter(string pattern, string substitution)
    {
        var problems = new List<string>();
        PathRegexFilter? filter = PathRegexFilter.Create(new PathRegexRewrite(pattern, substitution), problems);
        Assert.Empty(problems);
        return filter!;
    }
}
