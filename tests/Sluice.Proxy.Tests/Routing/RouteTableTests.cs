using Sluice.Configuration;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Tests.Routing;

public sealed class RouteTableTests
{
    /// <summary>Enough entries that none of the requests here meets to make the table build its index.</summary>
    private static readonly RouteEntry[] Padding = [.. Enumerable.Range(0, 20).Select(i => Samples.Exact("padding", $"/padding/{i}"))];

    public static TheoryData<bool> Sizes => [false, true];

    [Theory]
    [InlineData("/match/exact/one", "exact-one")]
    [InlineData("/match/exact", "exact")]
    [InlineData("/match/exact/", "match")]
    [InlineData("/match", "match")]
    [InlineData("/match/", "match")]
    [InlineData("/matches", "root")]
    [InlineData("/match/prefix", "prefix")]
    [InlineData("/match/prefix/", "prefix")]
    [InlineData("/match/prefix/one", "prefix-one")]
    [InlineData("/match/prefix/one/any", "prefix-one")]
    [InlineData("/match/prefix/any", "prefix")]
    [InlineData("/match/prefixes", "match")]
    [InlineData("/match/any", "match")]
    [InlineData("/Match", "root")]
    [InlineData("/", "root")]
    [InlineData("//match", "root")]
    [InlineData("*", null)]
    public void Match_PathsOfEveryKind_TakesTheFirstThatMatches(string path, string? expected)
    {
        RouteEntry[] entries =
        [
            Samples.Exact("exact-one", "/match/exact/one"),
            Samples.Exact("exact", "/match/exact"),
            Samples.Prefix("prefix-one", "/match/prefix/one"),
            Samples.Prefix("prefix", "/match/prefix/"),
            Samples.Prefix("match", "/match"),
            Samples.Prefix("root", "/"),
        ];

        Assert.Equal(expected, Samples.Compile(entries).Winner(TestHead.Get(path)));
        Assert.Equal(expected, Samples.Compile([.. Padding, .. entries]).Winner(TestHead.Get(path)));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Match_NothingMatches_IsNull(bool indexed)
    {
        RuntimeVirtualHost host = Compile(indexed, Samples.Prefix("a", "/a"), Samples.Exact("b", "/b"));

        Assert.Null(host.Match(TestHead.Get("/")));
        Assert.Null(host.Match(TestHead.Get("/ab")));
        Assert.Null(host.Match(TestHead.Get("/b/")));
    }

    [Fact]
    public void Match_NoEntries_IsNull() => Assert.Null(Samples.Compile().Match(TestHead.Get("/")));

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Match_RegularExpression_MatchesTheWholePath(bool indexed)
    {
        RuntimeVirtualHost host = Compile(indexed, Samples.Pattern("digits", "/item/[0-9]+"), Samples.Pattern("either", "/a|/b"), Samples.Prefix("root", "/"));

        Assert.Equal("digits", host.Winner(TestHead.Get("/item/42")));
        Assert.Equal("root", host.Winner(TestHead.Get("/item/42/x")));
        Assert.Equal("root", host.Winner(TestHead.Get("/x/item/42")));
        Assert.Equal("either", host.Winner(TestHead.Get("/b")));
        Assert.Equal("root", host.Winner(TestHead.Get("/ab")));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Match_PredicatesOfTheFirstFail_GoesOnToTheNextOfThePath(bool indexed)
    {
        var match = new RouteMatch
        {
            Path = new PathMatch(PathMatchType.PathPrefix, "/v2"),
            Method = "POST",
            Headers = [new ValueMatch("version", ValueMatchType.Exact, "two")],
        };
        RuntimeVirtualHost host = Compile(
            indexed,
            new RouteEntry(match, Samples.Rule("both")),
            new RouteEntry(match with { Method = null }, Samples.Rule("header")),
            new RouteEntry(match with { Headers = [] }, Samples.Rule("method")),
            Samples.Prefix("root", "/"));

        Assert.Equal("both", host.Winner(TestHead.Create("POST", "h", "/v2", "", ("Version", "two"))));
        Assert.Equal("header", host.Winner(TestHead.Create("GET", "h", "/v2/x", "", ("VERSION", "two"))));
        Assert.Equal("method", host.Winner(TestHead.Create("POST", "h", "/v2", "", ("version", "Two"))));
        Assert.Equal("root", host.Winner(TestHead.Create("post", "h", "/v2", "")));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Match_EntriesNotInOrderOfPrecedence_StillTakesTheFirst(bool indexed)
    {
        RuntimeVirtualHost host = Compile(
            indexed, Samples.Prefix("short", "/a"), Samples.Pattern("pattern", "/a/.*"), Samples.Prefix("long", "/a/b"), Samples.Exact("exact", "/a/b"), Samples.Exact("other", "/b"));

        Assert.Equal("short", host.Winner(TestHead.Get("/a/b")));
        Assert.Equal("other", host.Winner(TestHead.Get("/b")));
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Match_EncodedPathOfRoute_IsComparedAsRequestsAreNormalised(bool indexed)
    {
        RuntimeVirtualHost host = Compile(indexed, Samples.Exact("user", "/%7Euser"), Samples.Prefix("slash", "/a%2Fb/"));

        Assert.Equal("user", host.Winner(TestHead.Get("/~user")));
        Assert.Equal("slash", host.Winner(TestHead.Get("/a%2Fb/c")));
        Assert.Null(host.Winner(TestHead.Get("/a/b/c")));
    }

    [Fact]
    public void Match_InvalidRegularExpression_NeverMatchesAndIsReported()
    {
        Listener listener = Samples.Listener("http", "", Samples.Host("*", Samples.Pattern("bad", "/a)|(/b"), Samples.Pattern("back", @"/(a)\1")));
        RuntimeListener compiled = Samples.Compile(listener);
        IReadOnlyCollection<string> problems = compiled.Problems;

        Assert.Null(compiled.VirtualHosts.Values[0].Match(TestHead.Get("/a")));
        Assert.Null(compiled.VirtualHosts.Values[0].Match(TestHead.Get("/aa")));
        Assert.Equal(2, problems.Count);
        Assert.Contains(problems, problem => problem.StartsWith("HTTPRoute/test/bad rule 0: path: the regular expression \"/a)|(/b\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(20000)]
    public void Match_LongPath_IsMatchedByRegularExpressionsToo(int length)
    {
        RuntimeVirtualHost host = Samples.Compile(Samples.Pattern("admin", "/admin.*"), Samples.Prefix("root", "/"));

        Assert.Equal("admin", host.Winner(TestHead.Get("/admin" + new string('x', length))));
    }

    [Fact]
    public void Match_FiveThousandPathsOfEachKind_FindsEach()
    {
        RouteEntry[] entries =
        [
            .. Enumerable.Range(0, 5000).Select(i => Samples.Exact($"exact-{i}", $"/app/{i}")),
            .. Enumerable.Range(0, 5000).Select(i => Samples.Prefix($"prefix-{i}", $"/team-{i % 50}/app-{i}")),
        ];
        RuntimeVirtualHost host = Samples.Compile(entries);

        for (int i = 0; i < 5000; i++)
        {
            Assert.Equal($"exact-{i}", host.Winner(TestHead.Get($"/app/{i}")));
            Assert.Equal($"prefix-{i}", host.Winner(TestHead.Get($"/team-{i % 50}/app-{i}/x/y")));
        }
        Assert.Null(host.Match(TestHead.Get("/app/5000")));
        Assert.Null(host.Match(TestHead.Get("/team-1/app-0")));
    }

    private static RuntimeVirtualHost Compile(bool indexed, params RouteEntry[] entries) =>
        Samples.Compile(indexed ? [.. entries, .. Padding] : entries);
}
