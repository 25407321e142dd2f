using System.Text.Json.Nodes;
using Sluice.Controller.Statuses;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Tests.Statuses;

public sealed class StatusMergeTests
{
    private const string Ours = "sluice.dev/gateway-controller";
    private const string Then = "2026-01-01T00:00:00Z";
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly NamespacedName Key = new("shop", "cart");

    private readonly StatusMerge _merge = new([Ours, "example.com/second"]);

    [Fact]
    public void Route_WithoutStatus_GetsOurEntry()
    {
        var patch = Patch("", Route(Parent("web")));

        Assert.Equal(
            $$"""{"parents":[{"parentRef":{"group":"gateway.networking.k8s.io","kind":"Gateway","namespace":"shop","name":"web"},"controllerName":"{{Ours}}","conditions":[{{Condition("Accepted", "True", 3, "2026-03-02T09:00:00Z")}}]}]}""",
            patch);
    }

    [Fact]
    public void Route_SameAsBefore_IsNotWritten() => Assert.Null(Patch($$"""{"parents":[{{Entry(Ours, "web", "True", 3)}}]}""", Route(Parent("web"))));

    [Fact]
    public void Route_EntryWithoutNamespaceAndDefaults_IsTheSameParent()
    {
        var patch = Patch($$"""{"parents":[{"parentRef":{"name":"web"},"controllerName":"{{Ours}}","conditions":[{{Condition("Accepted", "True", 3, Then)}}]}]}""", Route(Parent("web")));

        var entry = Assert.Single(JsonNode.Parse(patch!)!["parents"]!.AsArray())!;
        Assert.Equal(Then, (string?)entry["conditions"]![0]!["lastTransitionTime"]);
    }

    [Fact]
    public void Route_NewGeneration_KeepsTheTransitionTime() => Assert.Equal($$"""{"parents":[{{Entry(Ours, "web", "True", 3)}}]}""", Patch($$"""{"parents":[{{Entry(Ours, "web", "True", 2)}}]}""", Route(Parent("web"))));

    [Fact]
    public void Route_OtherStatus_GetsANewTransitionTime()
    {
        var patch = JsonNode.Parse(Patch($$"""{"parents":[{{Entry(Ours, "web", "False", 3)}}]}""", Route(Parent("web")))!)!;

        Assert.Equal("2026-03-02T09:00:00Z", (string?)patch["parents"]![0]!["conditions"]![0]!["lastTransitionTime"]);
    }

    [Fact]
    public void Route_EntriesOfOthers_StayAsAndWhereTheyAre()
    {
        const string Other = """{"parentRef":{"name":"web"},"controllerName":"other.example/controller","conditions":[{"type":"Accepted","odd":1}]}""";

        var patch = Patch($$"""{"parents":[{{Entry(Ours, "gone", "True", 3)}},{{Other}},{{Entry(Ours, "web", "True", 2)}}]}""", Route(Parent("web"), Parent("new")));

        var parents = JsonNode.Parse(patch!)!["parents"]!.AsArray();
        Assert.Equal(Other, parents[0]!.ToJsonString());
        Assert.Equal(["web", "web", "new"], parents.Select(parent => (string?)parent!["parentRef"]!["name"]));
    }

    [Fact]
    public void Route_NoParentOfOursAnyMore_LosesOurEntriesOnly()
    {
        const string Other = """{"parentRef":{"name":"web"},"controllerName":"other.example/controller","conditions":[]}""";

        Assert.Equal($$"""{"parents":[{{Other}}]}""", Patch($$"""{"parents":[{{Entry(Ours, "web", "True", 3)}},{{Other}},{{Entry("example.com/second", "web", "True", 3)}}]}""", Route()));
    }

    [Fact]
    public void Route_NothingOfOursAndNothingWanted_IsNotWritten()
    {
        Assert.Null(Patch("", Route()));
        Assert.Null(Patch("""{"parents":[{"parentRef":{"name":"web"},"controllerName":"other.example/controller","conditions":[]}]}""", Route()));
    }

    [Fact]
    public void Route_SectionsAndPortsOfOneParent_AreDifferentEntries()
    {
        var patch = Patch("", Route(Parent("web") with { SectionName = "a" }, Parent("web") with { SectionName = "b", Port = 80 }));

        var parents = JsonNode.Parse(patch!)!["parents"]!.AsArray();
        Assert.Equal(["a", "b"], parents.Select(parent => (string?)parent!["parentRef"]!["sectionName"]));
        Assert.Null(Patch(patch!, Route(Parent("web") with { SectionName = "a" }, Parent("web") with { SectionName = "b", Port = 80 })));
    }

    [Fact]
    public void Route_FullOfEntriesOfOthers_GetsWhatIsLeft()
    {
        var others = string.Join(',', Enumerable.Range(0, 31).Select(i => Entry($"other.example/c{i}", "web", "True", 1)));

        var parents = JsonNode.Parse(Patch($$"""{"parents":[{{others}}]}""", Route(Parent("a"), Parent("b")))!)!["parents"]!.AsArray();

        Assert.Equal(32, parents.Count);
        Assert.Equal("a", (string?)parents[31]!["parentRef"]!["name"]);
    }

    [Fact]
    public void Policy_FullOfEntriesOfOthers_EndsAtSixteen()
    {
        var wanted = new PolicyStatus([.. Enumerable.Range(0, 20).Select(i => new PolicyAncestorStatus(Reference($"g{i}"), Ours, []))]);

        Assert.Equal(16, JsonNode.Parse(Patch("", wanted)!)!["ancestors"]!.AsArray().Count);
    }

    [Fact]
    public void Gateway_DefaultsOfTheCrd_AreReplaced()
    {
        const string Defaults = """{"conditions":[{"type":"Accepted","status":"Unknown","reason":"Pending","message":"Waiting for controller","lastTransitionTime":"1970-01-01T00:00:00Z"},{"type":"Programmed","status":"Unknown","reason":"Pending","message":"Waiting for controller","lastTransitionTime":"1970-01-01T00:00:00Z"}]}""";

        var conditions = JsonNode.Parse(Patch(Defaults, Gateway(0))!)!["conditions"]!.AsArray();

        Assert.Equal([("Accepted", "2026-03-02T09:00:00Z"), ("Programmed", "2026-03-02T09:00:00Z")], conditions.Select(condition => ((string)condition!["type"]!, (string)condition["lastTransitionTime"]!)));
        Assert.All(conditions, condition => Assert.Equal(3, (int)condition!["observedGeneration"]!));
    }

    /// <summary>A controller that has just started knows of no proxy; those that serve are on their way back.</summary>
    [Theory]
    [InlineData("True", true, "True", 2)]
    [InlineData("True", false, "False", 3)]
    [InlineData("False", true, "False", 3)]
    [InlineData("Unknown", true, "False", 3)]
    public void Gateway_ThatIsAwaited_StaysProgrammed(string observed, bool isAwaited, string expected, int generation)
    {
        var programmed = $$"""{"type":"Programmed","status":"{{observed}}","reason":"Any","message":"","observedGeneration":2,"lastTransitionTime":"{{Then}}"}""";
        Condition[] pending = [new("Accepted", true, "Accepted", "", 3), new("Programmed", false, "Pending", "waiting", 3)];
        var wanted = new GatewayStatus([], pending, [new ListenerStatus("http", [], 0, pending)]) { IsAwaited = isAwaited };

        var patch = JsonNode.Parse(Patch($$"""{"conditions":[{{programmed}}],"listeners":[{"name":"http","attachedRoutes":0,"supportedKinds":[],"conditions":[{{programmed}}]}]}""", wanted)!)!;

        foreach (var conditions in new[] { patch["conditions"]!, patch["listeners"]![0]!["conditions"]! })
        {
            var merged = conditions.AsArray().Single(condition => (string?)condition!["type"] == "Programmed")!;
            Assert.Equal((expected, generation), ((string?)merged["status"], (int?)merged["observedGeneration"]));
            Assert.Equal(3, (int?)conditions.AsArray().Single(condition => (string?)condition!["type"] == "Accepted")!["observedGeneration"]);
        }
    }

    [Fact]
    public void Gateway_OnlyACountDiffers_WritesListenersAlone()
    {
        var before = Patch("", Gateway(0))!;

        var patch = JsonNode.Parse(Patch(before, Gateway(7))!)!.AsObject();

        Assert.Equal(["listeners"], patch.Select(field => field.Key));
        Assert.Equal(7, (int)patch["listeners"]![0]!["attachedRoutes"]!);
    }

    [Fact]
    public void Gateway_ConditionOfAPolicyController_Stays()
    {
        var before = JsonNode.Parse(Patch("", Gateway(0))!)!.AsObject();
        before["conditions"]!.AsArray().Insert(0, JsonNode.Parse("""{"type":"example.com/Affected","status":"True"}"""));
        before["conditions"]!.AsArray().Add(JsonNode.Parse("""{"type":"Ready","status":"True"}"""));

        var conditions = JsonNode.Parse(Patch(before.ToJsonString(), Gateway(0))!)!["conditions"]!.AsArray();

        Assert.Equal(["example.com/Affected", "Accepted", "Programmed"], conditions.Select(condition => (string?)condition!["type"]));
    }

    [Fact]
    public void Gateway_ListenerThatIsGone_GoesWithItsConditions()
    {
        var before = Patch("", Gateway(0))!.Replace("\"http\"", "\"old\"", StringComparison.Ordinal);

        var listeners = JsonNode.Parse(Patch(before, Gateway(0))!)!["listeners"]!.AsArray();

        Assert.Equal("http", (string?)Assert.Single(listeners)!["name"]);
    }

    [Fact]
    public void Gateway_NoSetsAndNoFieldForThem_SaysTheSame() => Assert.DoesNotContain("attachedListenerSets", Patch("", Gateway(0)), StringComparison.Ordinal);

    [Fact]
    public void Class_Features_AreObjectsWithNames()
    {
        var patch = Patch("", new GatewayClassStatus([Accepted()], ["Gateway", "HTTPRoute"]));

        Assert.Contains("""supportedFeatures":[{"name":"Gateway"},{"name":"HTTPRoute"}]""", patch, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_TooLong_IsCut()
    {
        var patch = Patch("", new GatewayClassStatus([Accepted() with { Message = new string('x', 40_000) }], []));

        Assert.Equal(ConditionMerge.LongestMessage, ((string)JsonNode.Parse(patch!)!["conditions"]![0]!["message"]!).Length);
        Assert.Null(Patch(patch!, new GatewayClassStatus([Accepted() with { Message = new string('x', 40_000) }], [])));
    }

    [Theory]
    [InlineData("""{"parents":"nonsense"}""")]
    [InlineData("""{"parents":[1,null,{"controllerName":7},{"controllerName":"sluice.dev/gateway-controller"}]}""")]
    [InlineData("""{"parents":[{"controllerName":"sluice.dev/gateway-controller","parentRef":{"name":"web"},"conditions":[{"type":1},3]}]}""")]
    public void Route_OddStatus_IsMendedWithoutHarm(string observed) =>
        Assert.Contains(JsonNode.Parse(Patch(observed, Route(Parent("web")))!)!["parents"]!.AsArray(), parent => parent is JsonObject && (string?)parent["parentRef"]?["name"] == "web");

    private string? Patch(string observed, object wanted) => _merge.Patch(Key, observed.Length == 0 ? null : JsonNode.Parse(observed), wanted, Now)?.ToJsonString();

    private static RouteStatus Route(params ParentReference[] parents) => new([.. parents.Select(parent => new RouteParentStatus(parent, Ours, [Accepted()]))]);

    private static ParentReference Parent(string name) => Reference(name);

    private static ParentReference Reference(string name) => new(name, "shop");

    private static Condition Accepted() => new("Accepted", true, "Accepted", "", 3);

    private static GatewayStatus Gateway(int attached) => new(
        [new GatewayAddress("IPAddress", "10.0.0.1")],
        [Accepted(), new Condition("Programmed", true, "Programmed", "", 3)],
        [new ListenerStatus("http", [new RouteGroupKind("gateway.networking.k8s.io", "HTTPRoute")], attached, [Accepted()])]);

    private static string Entry(string controller, string parent, string status, int generation) =>
        $$"""{"parentRef":{"group":"gateway.networking.k8s.io","kind":"Gateway","namespace":"shop","name":"{{parent}}"},"controllerName":"{{controller}}","conditions":[{{Condition("Accepted", status, generation, Then)}}]}""";

    private static string Condition(string type, string status, int generation, string since) =>
        $$"""{"type":"{{type}}","status":"{{status}}","reason":"Accepted","message":"","observedGeneration":{{generation}},"lastTransitionTime":"{{since}}"}""";
}
