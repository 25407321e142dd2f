using Sluice.Conformance.Data;
using Sluice.Conformance.Tests.Support;
using Sluice.Conformance.Traffic;

namespace Sluice.Conformance.Tests.Traffic;

public sealed class AnswerRulesTests
{
    [Fact]
    public void Compare_AnswerAsExpected_FindsNothing() => Assert.Null(AnswerRules.Compare(Make.Answer(), Make.Request(), Make.Case()));

    [Theory]
    [InlineData(404, "status 404, expected 200")]
    [InlineData(204, null)]
    [InlineData(504, "status 504, expected 200")]
    public void Compare_OtherStatus_IsSaid(int status, string? expected)
    {
        var item = Make.Case(expect => expected is null ? expect with { Status = new StatusExpectation([204]) } : expect);

        Assert.Equal(expected, AnswerRules.Compare(Make.Answer(status), Make.Request(), item));
    }

    [Theory]
    [InlineData(504, 408)]
    [InlineData(408, 504)]
    public void Compare_TimeoutExpected_TakesEitherCode(int expected, int found) =>
        Assert.Null(AnswerRules.Compare(Make.Answer(found), Make.Request(), Make.Case(expect => expect with { Status = new StatusExpectation([expected]) })));

    [Fact]
    public void Compare_OtherCodeAsExpected_LooksAtNothingElse() =>
        Assert.Null(AnswerRules.Compare(Make.Answer(404) with { Seen = null }, Make.Request(), Make.Case(expect => expect with { Status = new StatusExpectation([404]) })));

    public static TheoryData<string, string> Differences => new()
    {
        { "path", "the backend saw path" },
        { "method", "the backend saw method" },
        { "host", "the backend saw Host" },
        { "namespace", "expected one of namespace" },
        { "pod", "expected infra-backend-v1" },
        { "header", "the backend saw x-one: none" },
        { "value", "the backend saw x-one: \"2\"" },
        { "none", "not the echo of a backend" },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Compare_BackendSawSomethingElse_IsSaid(string what, string message)
    {
        var seen = what switch
        {
            "path" => Make.Seen(path: "/path"),
            "method" => Make.Seen(method: "POST"),
            "host" => Make.Seen(host: "example.com"),
            "namespace" => Make.Seen(space: "other"),
            "pod" => Make.Seen(pod: "infra-backend-v2-0"),
            "header" => Make.Seen(headers: Make.Fields()),
            "value" => Make.Seen(headers: Make.Fields(("X-One", "2"))),
            _ => null,
        };

        Assert.Contains(message, AnswerRules.Compare(new HttpAnswer(200, Make.Fields(), seen), Make.Request(), Make.Case()), StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_BackendRequestGiven_ReplacesTheRequestAsSent()
    {
        var item = Make.Case(expect => expect with
        {
            BackendRequest = new BackendRequestData { Path = "/rewritten", Headers = new Dictionary<string, string> { ["X-Added"] = "old,new" }, AbsentHeaders = ["X-Removed"] },
        });
        var seen = Make.Seen(path: "/rewritten", host: "elsewhere.com", headers: Make.Fields(("x-added", "old"), ("x-added", "new")));

        Assert.Null(AnswerRules.Compare(Make.Answer(seen: seen), Make.Request(), item));
        seen.Headers.Add("x-removed", "still there");
        Assert.Equal("the backend saw X-Removed: \"still there\", expected none", AnswerRules.Compare(Make.Answer(seen: seen), Make.Request(), item));
    }

    [Fact]
    public void Compare_RepeatedFieldWithSpaceAfterTheComma_Differs()
    {
        var item = Make.Case(expect => expect with { ResponseHeaders = new Dictionary<string, string> { ["X-Added"] = "old,new" } });

        Assert.Null(AnswerRules.Compare(Make.Answer(headers: Make.Fields(("x-added", "old"), ("x-added", "new"))), Make.Request(), item));
        Assert.NotNull(AnswerRules.Compare(Make.Answer(headers: Make.Fields(("x-added", "old, new"))), Make.Request(), item));
    }

    [Fact]
    public void Compare_WhitespaceIgnored_TakesAnyOfTheValues()
    {
        var item = Make.Case(expect => expect with
        {
            IgnoreWhitespaceInHeaderValues = true,
            ResponseHeadersOneOf = new Dictionary<string, IReadOnlyList<string>> { ["access-control-allow-methods"] = ["GET, OPTIONS", "OPTIONS, GET"] },
        });

        Assert.Null(AnswerRules.Compare(Make.Answer(headers: Make.Fields(("Access-Control-Allow-Methods", "OPTIONS,GET"))), Make.Request(), item));
        Assert.NotNull(AnswerRules.Compare(Make.Answer(headers: Make.Fields(("Access-Control-Allow-Methods", "OPTIONS,GET,PUT"))), Make.Request(), item));
    }

    [Fact]
    public void Compare_AnsweredByTheGatewayExpected_RefusesAnEcho()
    {
        var item = Make.Case(expect => expect with { NotForwardedToBackend = true, AbsentResponseHeaders = ["Access-Control-Allow-Origin"] });

        Assert.Null(AnswerRules.Compare(new HttpAnswer(200, Make.Fields(), null), Make.Request(), item));
        Assert.NotNull(AnswerRules.Compare(Make.Answer(), Make.Request(), item));
        Assert.NotNull(AnswerRules.Compare(new HttpAnswer(200, Make.Fields(("access-control-allow-origin", "*")), null), Make.Request(), item));
    }
}
