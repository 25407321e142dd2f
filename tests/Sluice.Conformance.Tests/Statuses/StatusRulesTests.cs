using Sluice.Conformance.Cluster;
using Sluice.Conformance.Statuses;
using Sluice.Conformance.Tests.Support;

namespace Sluice.Conformance.Tests.Statuses;

public sealed class StatusRulesTests
{
    private static readonly ConditionStatus[] Ready = [Make.Condition("Accepted"), Make.Condition("ResolvedRefs"), Make.Condition("Programmed")];
    private static readonly ObjectKey Gateway = TestRun.GatewayKey("gateway");

    [Fact]
    public void Has_OneStaleConditionInTheList_BelievesNone()
    {
        ConditionStatus[] conditions = [Make.Condition("Accepted"), Make.Condition("ResolvedRefs", generation: 1)];

        Assert.Contains("is of generation 1", ConditionRules.Has(conditions, 2, ConditionExpectation.True("Accepted")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Accepted", "True", "Accepted", true)]
    [InlineData("Accepted", "True", null, true)]
    [InlineData("Accepted", null, null, true)]
    [InlineData("Accepted", "False", null, false)]
    [InlineData("Accepted", "True", "ListenersNotValid", false)]
    [InlineData("Conflicted", "True", null, false)]
    public void Has_Condition_IsComparedAsFarAsExpected(string type, string? status, string? reason, bool isRight) =>
        Assert.Equal(isRight, ConditionRules.Has(Ready, 2, new ConditionExpectation(type, status, reason)) is null);

    [Fact]
    public void Current_NoConditions_IsAProblem() => Assert.NotNull(ConditionRules.Current([], 1));

    [Fact]
    public void Match_Listeners_MustBeExactlyTheExpected()
    {
        var gateway = Make.Gateway(Make.Listener("http", 1, ["HTTPRoute", "GRPCRoute"], Ready));
        ListenerExpectation expected = new("http", 1, ["HTTPRoute"], ConditionExpectation.True("Accepted"));

        Assert.Null(ListenerRules.Match(gateway.Listeners, gateway.Generation, [expected]));
        Assert.NotNull(ListenerRules.Match(gateway.Listeners, gateway.Generation, [expected, expected with { Name = "other" }]));
        Assert.NotNull(ListenerRules.Match(gateway.Listeners, gateway.Generation, [expected with { Name = "other" }]));
        Assert.NotNull(ListenerRules.Match(gateway.Listeners, gateway.Generation, [expected with { AttachedRoutes = 0 }]));
        Assert.NotNull(ListenerRules.Match(gateway.Listeners, gateway.Generation, [expected with { SupportedKinds = [] }]));
        Assert.NotNull(ListenerRules.Match(gateway.Listeners, gateway.Generation, [expected with { SupportedKinds = ["TLSRoute"] }]));
        Assert.NotNull(ListenerRules.Match(gateway.Listeners, gateway.Generation, [expected with { Conditions = [ConditionExpectation.False("Accepted")] }]));
    }

    [Fact]
    public void AllReady_OneListenerNotProgrammed_IsAProblem()
    {
        Assert.Null(ListenerRules.AllReady(Make.Gateway(Make.Listener("http", 0, [], Ready)).Listeners, 2));
        Assert.NotNull(ListenerRules.AllReady(Make.Gateway(Make.Listener("http", 0, [], Make.Condition("Accepted"), Make.Condition("ResolvedRefs"), Make.Condition("Programmed", status: false))).Listeners, 2));
        Assert.NotNull(ListenerRules.AllReady(Make.Gateway().Listeners, 2));
    }

    [Theory]
    [InlineData(0, 1, true)]
    [InlineData(1, 1, false)]
    [InlineData(0, 0, true)]
    [InlineData(0, 2, false)]
    public void NoRoutes_TakesNoListenerOrOneWithoutRoutes(int routes, int listeners, bool isRight)
    {
        var gateway = Make.Gateway([.. Enumerable.Range(0, listeners).Select(index => Make.Listener($"http-{index}", routes, [], Ready))]);

        Assert.Equal(isRight, ListenerRules.NoRoutes(gateway) is null);
    }

    [Fact]
    public void Parent_Entry_MustBeCompletelyNamed()
    {
        var entry = Make.Parent(Make.Condition("Accepted"), Make.Condition("ResolvedRefs"));
        var accepted = ConditionExpectation.True("Accepted", "Accepted");

        Assert.Null(RouteRules.Parent(Make.Route(entry), Gateway, Rig.ControllerName, accepted));
        Assert.Null(RouteRules.Parent(Make.Route(entry with { Namespace = null }), Gateway, Rig.ControllerName, accepted));
        Assert.NotNull(RouteRules.Parent(Make.Route(), Gateway, Rig.ControllerName, accepted));
        Assert.NotNull(RouteRules.Parent(Make.Route(entry with { Group = null }), Gateway, Rig.ControllerName, accepted));
        Assert.NotNull(RouteRules.Parent(Make.Route(entry with { Kind = null }), Gateway, Rig.ControllerName, accepted));
        Assert.NotNull(RouteRules.Parent(Make.Route(entry with { Namespace = "other" }), Gateway, Rig.ControllerName, accepted));
        Assert.NotNull(RouteRules.Parent(Make.Route(entry with { ControllerName = "example.com/other" }), Gateway, Rig.ControllerName, accepted));
    }

    [Fact]
    public void NoneAccepted_TakesNoParentOrOneThatIsRefused()
    {
        var refused = Make.Parent(Make.Condition("Accepted", status: false, reason: "NoMatchingParent"));

        Assert.Null(RouteRules.NoneAccepted(null));
        Assert.Null(RouteRules.NoneAccepted(Make.Route()));
        Assert.Null(RouteRules.NoneAccepted(Make.Route(refused)));
        Assert.NotNull(RouteRules.NoneAccepted(Make.Route(refused, refused)));
        Assert.NotNull(RouteRules.NoneAccepted(Make.Route(Make.Parent(Make.Condition("Accepted")))));
    }

    [Fact]
    public void Behind_StatusOfBeforeAChange_DoesNotCount()
    {
        var book = new GenerationBook();
        book.Created(Gateway);
        Assert.Null(book.Behind(Gateway, 1));
        Assert.NotNull(book.Behind(Gateway, null));

        book.Changed(Gateway, before: 3);

        Assert.NotNull(book.Behind(Gateway, 3));
        Assert.Null(book.Behind(Gateway, 4));
    }
}
