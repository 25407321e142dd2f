using Sluice.Configuration;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Tests.Routing;

public sealed class RequestPredicatesTests
{
    [Theory]
    [InlineData("?animal=whale", true)]
    [InlineData("?animal=whale&other=1", true)]
    [InlineData("?other=1&animal=whale", true)]
    [InlineData("?animal=whale&animal=dog", true)]
    [InlineData("?animal=dog&animal=whale", false)]
    [InlineData("?ANIMAL=whale", false)]
    [InlineData("?animal=Whale", false)]
    [InlineData("?animal=whaledolphin", false)]
    [InlineData("?animals=whale", false)]
    [InlineData("?xanimal=whale", false)]
    [InlineData("?animal", false)]
    [InlineData("?animal=", false)]
    [InlineData("?animal=wh%61le", false)]
    [InlineData("?&&animal=whale", true)]
    [InlineData("?", false)]
    [InlineData("", false)]
    public void Query_Exact_ComparesTheFirstOfTheNameAsSent(string query, bool expected) =>
        Assert.Equal(expected, Hold(new RouteMatch { QueryParams = [Exact("animal", "whale")] }, TestHead.Create("GET", "h", "/", query)));

    [Theory]
    [InlineData("?a=b=c", "b=c", true)]
    [InlineData("?a=x%20y", "x%20y", true)]
    [InlineData("?a=x+y", "x+y", true)]
    [InlineData("?a", "", true)]
    [InlineData("?a=", "", true)]
    public void Query_UnusualValues_AreComparedOctetForOctet(string query, string value, bool expected) =>
        Assert.Equal(expected, Hold(new RouteMatch { QueryParams = [Exact("a", value)] }, TestHead.Create("GET", "h", "/", query)));

    [Fact]
    public void Query_RegularExpression_MatchesTheWholeValue()
    {
        var match = new RouteMatch { QueryParams = [new ValueMatch("id", ValueMatchType.RegularExpression, "[0-9]+")] };

        Assert.True(Hold(match, TestHead.Create("GET", "h", "/", "?id=12")));
        Assert.False(Hold(match, TestHead.Create("GET", "h", "/", "?id=12a")));
    }

    [Fact]
    public void Query_SeveralParameters_MustAllHold()
    {
        var match = new RouteMatch { QueryParams = [Exact("a", "1"), Exact("b", "2"), Exact("a", "ignored")] };

        Assert.True(Hold(match, TestHead.Create("GET", "h", "/", "?b=2&a=1")));
        Assert.False(Hold(match, TestHead.Create("GET", "h", "/", "?a=1")));
    }

    [Theory]
    [InlineData("a,b", true)]
    [InlineData("a, b", false)]
    [InlineData("a", false)]
    [InlineData("a,", false)]
    [InlineData("a,b,", false)]
    [InlineData("ab", false)]
    public void Header_SeveralFieldLines_CountAsOneValueJoinedByCommas(string value, bool expected)
    {
        RequestHead head = TestHead.Get("/", ("X-List", "a"), ("Other", "1"), ("x-list", "b"));

        Assert.Equal(expected, Hold(new RouteMatch { Headers = [Exact("x-list", value)] }, head));
    }

    [Theory]
    [InlineData("a,b", true)]
    [InlineData("[ab,]+", true)]
    [InlineData("a", false)]
    [InlineData("b", false)]
    public void Header_RegularExpressionOverSeveralFieldLines_SeesTheJoinedValue(string pattern, bool expected)
    {
        RequestHead head = TestHead.Get("/", ("X-List", "a"), ("x-list", "b"));

        Assert.Equal(expected, Hold(new RouteMatch { Headers = [new ValueMatch("x-list", ValueMatchType.RegularExpression, pattern)] }, head));
    }

    [Fact]
    public void Header_JoinedValueLongerThanTheStack_IsMatched()
    {
        RequestHead head = TestHead.Get("/", ("x-list", new string('a', 3000)), ("x-list", new string('b', 3000)));

        Assert.True(Hold(new RouteMatch { Headers = [new ValueMatch("x-list", ValueMatchType.RegularExpression, "a+,b+")] }, head));
    }

    [Fact]
    public void Header_EmptyValue_IsNotTheSameAsNoHeader()
    {
        var match = new RouteMatch { Headers = [new ValueMatch("x-any", ValueMatchType.RegularExpression, ".*")] };

        Assert.True(Hold(match, TestHead.Get("/", ("X-Any", ""))));
        Assert.False(Hold(match, TestHead.Get("/")));
    }

    [Fact]
    public void Header_OtherThanAscii_IsReadAsUtf8()
    {
        RequestHead head = TestHead.Get("/", ("x-drink", "café"));

        Assert.True(Hold(new RouteMatch { Headers = [Exact("x-drink", "café")] }, head));
        Assert.True(Hold(new RouteMatch { Headers = [new ValueMatch("x-drink", ValueMatchType.RegularExpression, "caf.")] }, head));
    }

    [Fact]
    public void Header_Host_IsTheAuthority()
    {
        var match = new RouteMatch { Headers = [Exact("Host", "a.example:8080")] };

        Assert.True(Hold(match, TestHead.Create("GET", "a.example:8080", "/", "")));
        Assert.False(Hold(match, TestHead.Create("GET", "b.example", "/", "", ("Host", "a.example:8080"))));
    }

    [Fact]
    public void Header_EquivalentNames_OnlyTheFirstCounts()
    {
        var match = new RouteMatch { Headers = [Exact("version", "one"), Exact("Version", "two")] };

        Assert.True(Hold(match, TestHead.Get("/", ("version", "one"))));
        Assert.False(Hold(match, TestHead.Get("/", ("version", "two"))));
    }

    private static ValueMatch Exact(string name, string value) => new(name, ValueMatchType.Exact, value);

    private static bool Hold(RouteMatch match, RequestHead head) => RequestPredicates.Of(match)!.Hold(head);
}
