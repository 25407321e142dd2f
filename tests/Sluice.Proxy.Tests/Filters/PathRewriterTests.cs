using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Configuration;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Tests.Filters.Chain;

namespace Sluice.Proxy.Tests.Filters;

public sealed class PathRewriterTests
{
    [Theory]
    [InlineData("/foo/bar", "/foo", "/xyz", "/xyz/bar")]
    [InlineData("/foo/bar", "/foo", "/xyz/", "/xyz/bar")]
    [InlineData("/foo/bar", "/foo/", "/xyz", "/xyz/bar")]
    [InlineData("/foo/bar", "/foo/", "/xyz/", "/xyz/bar")]
    [InlineData("/foo", "/foo", "/xyz", "/xyz")]
    [InlineData("/foo/", "/foo", "/xyz", "/xyz/")]
    [InlineData("/foo/bar", "/foo", "", "/bar")]
    [InlineData("/foo/", "/foo", "", "/")]
    [InlineData("/foo", "/foo", "", "/")]
    [InlineData("/foo/", "/foo", "/", "/")]
    [InlineData("/foo", "/foo", "/", "/")]
    [InlineData("/foo/bar", "/foo", "xyz", "/xyz/bar")]
    [InlineData("/bar", "/", "/xyz", "/xyz/bar")]
    [InlineData("/", "/", "/xyz", "/xyz/")]
    [InlineData("/foo//bar", "/foo", "/xyz", "/xyz/bar")]
    [InlineData("/foo//bar", "/foo", "/", "/bar")]
    [InlineData("/foo/a//b", "/foo", "//xyz//", "/xyz/a//b")]
    [InlineData("/foo/bar", "/foo", "/a b?c#é", "/a%20b%3Fc%23%C3%A9/bar")]
    public void ReplacePrefixMatch_Path_ReplacesWholeElements(string path, string prefix, string replacement, string expected) =>
        Assert.Equal(expected, Rewrite(PathModifierType.ReplacePrefixMatch, replacement, path, prefix));

    [Theory]
    [InlineData("/x", "/x")]
    [InlineData("/x/", "/x/")]
    [InlineData("", "/")]
    [InlineData("x", "/x")]
    [InlineData("//x", "/x")]
    [InlineData("/a%20b%zz", "/a%20b%25zz")]
    [InlineData("/a\r\nb", "/a%0D%0Ab")]
    public void ReplaceFullPath_Path_TakesTheValue(string value, string expected) =>
        Assert.Equal(expected, Rewrite(PathModifierType.ReplaceFullPath, value, "/any/path", "/any"));

    [Fact]
    public void TryWrite_DestinationTooSmall_SaysSo()
    {
        var rewriter = new PathRewriter(new PathModifier(PathModifierType.ReplacePrefixMatch, "/xyz"));

        Assert.False(rewriter.TryWrite("/foo/bar"u8, 4, new byte[7], out int written));
        Assert.Equal(0, written);
        Assert.True(rewriter.TryWrite("/foo/bar"u8, 4, new byte[8], out written));
        Assert.Equal(8, written);
    }

    [Fact]
    public void TryWrite_AnyPrefixAndReplacement_KeepsTheRestAndJoinsCleanly()
    {
        Gen<string> elements = from count in Gen.Choose(0, 3) from parts in Gen.ArrayOf(Gen.Elements("a", "b", "a b", "%41", "é"), count) select string.Join('/', parts);
        Gen<(string Prefix, string Below, string Replacement)> cases =
            from prefix in elements
            from rest in elements
            from slash in Gen.Elements("", "/")
            from replacement in elements
            from lead in Gen.Elements("", "/", "//")
            from trail in Gen.Elements("", "/", "//")
            select (prefix.Length == 0 ? "" : "/" + prefix, rest.Length == 0 ? slash : "/" + rest + slash, lead + replacement + trail);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            byte[] path = Encoding.UTF8.GetBytes(sample.Prefix + sample.Below);
            var rewriter = new PathRewriter(new PathModifier(PathModifierType.ReplacePrefixMatch, sample.Replacement));
            byte[] result = new byte[rewriter.MaxLength(path.Length)];
            bool fits = rewriter.TryWrite(path, Encoding.UTF8.GetByteCount(sample.Prefix), result, out int written);
            string text = Encoding.UTF8.GetString(result, 0, written);
            return fits && text.StartsWith('/') && !text.Contains("//") && text.EndsWith(sample.Below, StringComparison.Ordinal);
        }));
    }

    private static string Rewrite(PathModifierType type, string value, string path, string prefix)
    {
        byte[] octets = Encoding.UTF8.GetBytes(path);
        var entry = new RuntimeEntry(
            new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, prefix) }, new RuleCompiler(_ => 0, SessionKey.Random(), FilterRun.Parts()).Compile(Routing.Samples.Rule("any")));
        Assert.True(entry.MatchesPath(octets));
        var rewriter = new PathRewriter(new PathModifier(type, value));
        byte[] result = new byte[rewriter.MaxLength(octets.Length)];
        Assert.True(rewriter.TryWrite(octets, entry.MatchedLength(octets.Length), result, out int written));
        return Encoding.UTF8.GetString(result, 0, written);
    }
}
