using System.Text.Json;
using Sluice.Conformance.Cluster;
using Sluice.Conformance.Statuses;
using Sluice.Conformance.Tests.Support;

namespace Sluice.Conformance.Tests.Statuses;

public sealed class PolicyRulesTests
{
    private static readonly ObjectKey Gateway = TestRun.GatewayKey("gateway");
    private static readonly AncestorStatus Right = new("gateway.networking.k8s.io", "Gateway", Make.Space, "gateway", Rig.ControllerName, [Make.Condition("Accepted"), Make.Condition("ResolvedRefs")]);

    [Fact]
    public void Ancestor_Entry_MustBeCompletelyNamed()
    {
        Assert.Null(Compare(Right));
        Assert.Null(Compare(Right with { Namespace = null }));
        Assert.NotNull(Compare(Right with { Name = "other" }));
        Assert.NotNull(Compare(Right with { Namespace = "other" }));
        Assert.NotNull(Compare(Right with { Kind = "Service" }));
        Assert.NotNull(Compare(Right with { Group = "" }));
        Assert.NotNull(Compare(Right with { ControllerName = "example.com/other" }));
        Assert.NotNull(Compare());
    }

    [Fact]
    public void Ancestor_Conditions_AreComparedAll()
    {
        Assert.NotNull(Compare(Right with { Conditions = [Make.Condition("Accepted"), Make.Condition("ResolvedRefs", status: false)] }));
        Assert.NotNull(Compare(Right with { Conditions = [Make.Condition("Accepted"), Make.Condition("ResolvedRefs", generation: 1)] }));
    }

    [Fact]
    public void Current_OneStaleAncestor_IsAProblem()
    {
        var stale = Right with { Conditions = [Make.Condition("Accepted", generation: 1)] };

        Assert.Null(PolicyRules.Current(Policy(Right)));
        Assert.NotNull(PolicyRules.Current(Policy(Right, stale)));
        Assert.NotNull(PolicyRules.Current(Policy()));
    }

    [Fact]
    public void StatusReport_Json_HasListenerSetsAndPolicies()
    {
        const string conditions = """[{"type":"Accepted","status":"True","reason":"Accepted","message":"","observedGeneration":2}]""";
        var report = JsonSerializer.Deserialize<StatusReport>(
            $$$"""
            {"gatewayClasses":[],"routes":[],
             "gateways":[{"namespace":"a","name":"g","generation":1,"addresses":[],"conditions":[],"listeners":[],"attachedListenerSets":3}],
             "listenerSets":[{"namespace":"a","name":"s","generation":2,"conditions":{{{conditions}}},"listeners":[{"name":"l","port":80,"boundPort":80,"attachedRoutes":1,"supportedKinds":[],"conditions":{{{conditions}}}}]}],
             "policies":[{"kind":"BackendTLSPolicy","namespace":"a","name":"p","generation":4,"ancestors":[{"group":"g","kind":"Gateway","namespace":"a","name":"g","controllerName":"c","conditions":{{{conditions}}}}]}],
             "infrastructure":[{"kind":"Service","namespace":"a","name":"g","labels":{"x":"y"},"annotations":{}}]}
            """,
            JsonSerializerOptions.Web)!;

        Assert.Equal(3, report.Gateway(new ObjectKey("Gateway", "a", "g"))!.AttachedListenerSets);
        Assert.Equal(2, report.Generation(TestRun.ListenerSet("s", "a")));
        Assert.Equal(1, report.ListenerSet(TestRun.ListenerSet("s", "a"))!.Listeners[0].AttachedRoutes);
        Assert.Equal(4, report.Generation(new ObjectKey("BackendTLSPolicy", "a", "p")));
        Assert.Equal("y", Assert.Single(report.Infrastructure).Labels["x"]);
    }

    private static PolicyStatus Policy(params AncestorStatus[] ancestors) => new("BackendTLSPolicy", Make.Space, "policy", 2, ancestors);

    private static string? Compare(params AncestorStatus[] ancestors) =>
        PolicyRules.Ancestor(Policy(ancestors), Gateway, Rig.ControllerName, [ConditionExpectation.True("Accepted"), ConditionExpectation.True("ResolvedRefs")]);
}
