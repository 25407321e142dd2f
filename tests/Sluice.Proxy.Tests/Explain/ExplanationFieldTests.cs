using Sluice.Configuration;
using Sluice.Proxy.Explain;

namespace Sluice.Proxy.Tests.Explain;

public sealed class ExplanationFieldTests
{
    [Fact]
    public void Value_IsADictionary()
    {
        var field = new ExplanationField();
        field.Add("listener", "http");
        field.Add("rule", 3);

        Assert.Equal("listener=\"http\", rule=3", field.ToString());
    }

    [Theory]
    [InlineData("a\"b\\c", "k=\"a\\\"b\\\\c\"")]
    [InlineData("line\r\nX-Injected: 1", "k=\"line??X-Injected: 1\"")]
    [InlineData("é\u001b[31m\u007f", "k=\"??[31m?\"")]
    public void Text_IsEscaped_AndIsVisibleAscii(string text, string expected)
    {
        var field = new ExplanationField();
        field.Add("k", text);

        Assert.Equal(expected, field.ToString());
    }

    [Fact]
    public void LongText_IsCut()
    {
        var field = new ExplanationField();
        field.Add("k", new string('x', 5000));

        Assert.Equal($"k=\"{new string('x', ExplanationField.MaxText - 3)}...\"", field.ToString());
    }

    [Fact]
    public void Value_NeverExceedsItsLength_AndSaysThatItIsCut()
    {
        var field = new ExplanationField();
        for (var i = 0; i < 100; i++)
            field.Add($"k{i}", new string('"', 150));

        var value = field.ToString();

        Assert.InRange(value.Length, 1, ExplanationField.MaxLength);
        Assert.EndsWith("\", cut", value, StringComparison.Ordinal);
    }

    [Fact]
    public void Match_NamesFields_AndKeepsTheirValues()
    {
        var match = new RouteMatch
        {
            Path = new PathMatch(PathMatchType.Exact, "/a"),
            Method = "GET",
            Headers = [new ValueMatch("x-key", ValueMatchType.Exact, "secret")],
            QueryParams = [new ValueMatch("q", ValueMatchType.Exact, "secret")],
        };

        Assert.Equal("Exact /a, method GET, header x-key, query parameter q", ExplanationField.Describe(match));
    }
}
