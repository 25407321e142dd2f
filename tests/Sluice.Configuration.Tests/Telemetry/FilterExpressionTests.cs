using Sluice.Configuration.Telemetry;
using Sluice.Configuration.Telemetry.Formats;

namespace Sluice.Configuration.Tests.Telemetry;

/// <summary>Filters in one line.</summary>
public sealed class FilterExpressionTests
{
    public static TheoryData<string, AccessLogFilter> Conditions => new()
    {
        { "status>=500", new StatusCodeFilter(FilterComparison.AtLeast, 500) },
        { "status>499", new StatusCodeFilter(FilterComparison.AtLeast, 500) },
        { "status < 400", new StatusCodeFilter(FilterComparison.AtMost, 399) },
        { "status=404", new StatusCodeFilter(FilterComparison.Equal, 404) },
        { "duration>1s", new DurationFilter(FilterComparison.AtLeast, TimeSpan.FromMilliseconds(1001)) },
        { "duration<=250ms", new DurationFilter(FilterComparison.AtMost, TimeSpan.FromMilliseconds(250)) },
        { "flag=UF,UC", new ResponseFlagFilter(ResponseFlags.UF | ResponseFlags.UC) },
        { "flag=any", new ResponseFlagFilter(ResponseFlags.None) },
        { "not-health-check", new NotHealthCheckFilter() },
        { "traced", new TraceableFilter() },
        { "header:X-Debug", new HeaderFilter(new ValueMatch("x-debug", ValueMatchType.RegularExpression, ".*")) },
        { "header:x-a=b=c", new HeaderFilter(new ValueMatch("x-a", ValueMatchType.Exact, "b=c")) },
        { "header:x-a=~b.*", new HeaderFilter(new ValueMatch("x-a", ValueMatchType.RegularExpression, "b.*")) },
        { "sample=0.5%", new SampleFilter(5000, 1_000_000) },
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Condition_IsRead(string text, AccessLogFilter expected) => Assert.Equal(expected, FilterExpression.Parse(text));

    [Fact]
    public void AndBindsCloserThanOr()
    {
        var filter = Assert.IsType<OrFilter>(FilterExpression.Parse("status>=500 && not-health-check || duration>1s"));

        Assert.Equal([new StatusCodeFilter(FilterComparison.AtLeast, 500), new NotHealthCheckFilter()], Assert.IsType<AndFilter>(filter.Filters[0]).Filters);
        Assert.IsType<DurationFilter>(filter.Filters[1]);
    }

    [Fact]
    public void Unequal_IsAboveOrBelow() => Assert.Equal(
        [new StatusCodeFilter(FilterComparison.AtMost, 199), new StatusCodeFilter(FilterComparison.AtLeast, 201)],
        Assert.IsType<OrFilter>(FilterExpression.Parse("status!=200")).Filters);

    [Fact]
    public void GrpcStatuses_AreReadByNameAndNumber()
    {
        var filter = Assert.IsType<GrpcStatusFilter>(FilterExpression.Parse("grpc-status!=OK,14,DeadlineExceeded,CANCELED"));

        Assert.Equal([0, 14, 4, 1], filter.Statuses);
        Assert.True(filter.Exclude);
    }

    [Theory]
    [InlineData("", "a condition is missing")]
    [InlineData("status>=500 &&", "a condition is missing")]
    [InlineData("code=1", "is no condition; there are status, duration")]
    [InlineData("status>=abc", "\"abc\" is no number from 0 to 999")]
    [InlineData("duration>1", "\"1\" is no time such as")]
    [InlineData("duration>1h", "\"1h\" is no time such as")]
    [InlineData("flag=XX", "\"XX\" is no response flag; there are NR")]
    [InlineData("flag>=UF", "flag cannot be compared by >=")]
    [InlineData("grpc-status=99", "\"99\" is no status of gRPC")]
    [InlineData("sample=101%", "is no share")]
    [InlineData("header:a=~(", "the regular expression")]
    [InlineData("header:a<b", "is no condition")]
    public void WhatIsNoFilter_IsRefused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<LogFormatException>(() => FilterExpression.Parse(text)).Message, StringComparison.Ordinal);
}
