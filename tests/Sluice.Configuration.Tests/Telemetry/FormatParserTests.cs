using Sluice.Configuration.Telemetry.Formats;

namespace Sluice.Configuration.Tests.Telemetry;

/// <summary>Text with command operators.</summary>
public sealed class FormatParserTests
{
    [Fact]
    public void TextAndOperators_BecomeSegments()
    {
        var segments = FormatParser.Parse("a %REQ(X-A?:PATH):7% %START_TIME(%Y-%m-%d %3f)%%% %RESPONSE_FLAGS%");

        Assert.Equal(
            [
                new LogSegment(LogOperator.Literal, "a "),
                new LogSegment(LogOperator.Request, "x-a", ":path", 7),
                new LogSegment(LogOperator.Literal, " "),
                new LogSegment(LogOperator.StartTime, "%Y-%m-%d %3f"),
                new LogSegment(LogOperator.Literal, "% "),
                new LogSegment(LogOperator.ResponseFlags),
            ],
            segments);
    }

    [Theory]
    [InlineData("%GRPC_STATUS%", LogOperator.GrpcStatus, "")]
    [InlineData("%GRPC_STATUS(SNAKE_STRING)%", LogOperator.GrpcStatus, "SNAKE_STRING")]
    [InlineData("%GRPC_STATUS(NUMBER)%", LogOperator.GrpcStatusNumber, "")]
    [InlineData("%DYNAMIC_METADATA(a:b)%", LogOperator.DynamicMetadata, "a:b")]
    [InlineData("%RESP(:STATUS)%", LogOperator.Response, ":status")]
    [InlineData("%TRAILER(grpc-message)%", LogOperator.Trailer, "grpc-message")]
    public void Operator_WithItsArgument_IsRead(string text, LogOperator expected, string argument) =>
        Assert.Equal([new LogSegment(expected, argument)], FormatParser.Parse(text));

    [Theory]
    [InlineData("ab %NOPE% c", "%NOPE% is no operator that is known", "(at character 4)")]
    [InlineData("100%", "begins no operator", "(at character 4)")]
    [InlineData("%REQ%", "needs the name of a header", "(at character 1)")]
    [InlineData("%REQ(a b)%", "\"a b\" is no name of a header", "(at character 1)")]
    [InlineData("%REQ(:STATUS)%", "is no name of a header", "(at character 1)")]
    [InlineData("%REQ(A?B?C)%", "more than one alternative", "(at character 1)")]
    [InlineData("%REQ(A", "no closing parenthesis", "(at character 1)")]
    [InlineData("%DURATION", "has no end", "(at character 1)")]
    [InlineData("%DURATION:x%", "must be followed by a number", "(at character 1)")]
    [InlineData("%DURATION:0%", "must be followed by a number", "(at character 1)")]
    [InlineData("%DURATION(ms)%", "takes no argument", "(at character 1)")]
    [InlineData("%START_TIME(%Q)%", "\"%Q\" is no conversion", "(at character 1)")]
    [InlineData("%DYNAMIC_METADATA%", "needs a namespace", "(at character 1)")]
    public void WhatIsNoOperator_IsNamedWithItsPlace(string text, string message, string place)
    {
        var error = Assert.Throws<LogFormatException>(() => FormatParser.Parse(text));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOperator_IsKnownByName()
    {
        // Two have no name of their own: text, and the number of gRPC, which is an argument too.
        Assert.Equal(Enum.GetValues<LogOperator>().Length - 1, LogOperators.ByName.Values.Distinct().Count());
    }

    [Fact]
    public void FormatThatIsTooLong_IsRefused() => Assert.Throws<LogFormatException>(() => FormatParser.Parse(new string('x', 20_000)));

    [Fact]
    public void JsonFormat_IsRead_NestedAndInOrder()
    {
        var format = JsonFormatParser.Parse("""{"b": "%RESPONSE_CODE%", "a": {"x": [1, true, "p-%PROTOCOL%"]}}""");

        Assert.Equal(["b", "a"], format.Members.Select(member => member.Key));
        Assert.True(((FormatText)format.Members[0].Value).Single!.IsNumber);
        var list = (FormatList)((FormatObject)format.Members[1].Value).Members[0].Value;
        Assert.Equal([new FormatConstant("1"), new FormatConstant("true")], list.Items.Take(2));
        Assert.Null(((FormatText)list.Items[2]).Single);
    }

    [Theory]
    [InlineData("[]", "must be an object")]
    [InlineData("{", "is no JSON")]
    [InlineData("""{"a":{"b":["%X%"]}}""", "a.b[0]: %X% is no operator")]
    public void WhatIsNoJsonFormat_IsRefused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<LogFormatException>(() => JsonFormatParser.Parse(text)).Message, StringComparison.Ordinal);
}
