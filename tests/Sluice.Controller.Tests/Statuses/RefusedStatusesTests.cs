using Sluice.Controller.Statuses;
using Sluice.Controller.Tests.Support;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;
using Sluice.Translation;

namespace Sluice.Controller.Tests.Statuses;

public sealed class RefusedStatusesTests
{
    private const string Ours = "sluice.dev/gateway-controller";
    private static readonly NamespacedName Key = new("default", "x");

    private readonly RefusedStatuses _statuses = new([Ours]);
    private readonly ResourceSnapshot _snapshot = Snapshots.Of(
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {{name: sluice}}\nspec: {{controllerName: {Ours}}}",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: other}\nspec: {controllerName: other.example/c}",
        Snapshots.Gateway("web", ports: 80));

    [Fact]
    public void Gateway_OfOurClass_SaysWhy()
    {
        var status = Add<GatewayStatus>("Gateway", new RefusedObject { Kind = "Gateway", Key = Key, Generation = 5, Messages = ["spec.listeners: too many"], GatewayClassName = "sluice" })[Key];

        Assert.All(status.Conditions, condition => Assert.Equal((false, "Invalid", "spec.listeners: too many", 5L), (condition.Status, condition.Reason, condition.Message, condition.ObservedGeneration)));
        Assert.Equal(["Accepted", "Programmed"], status.Conditions.Select(condition => condition.Type));
    }

    [Fact]
    public void Gateway_OfAnotherClass_IsLeftAlone() =>
        Assert.Empty(Add<GatewayStatus>("Gateway", new RefusedObject { Kind = "Gateway", Key = Key, Messages = ["bad"], GatewayClassName = "other" }));

    [Fact]
    public void Route_SaysWhy_ToOurParentsOnly()
    {
        var status = Add<RouteStatus>("HTTPRoute", new RefusedObject { Kind = "HTTPRoute", Key = Key, Messages = ["bad"], ParentRefs = [new ParentReference("theirs"), new ParentReference("web")] })[Key];

        var parent = Assert.Single(status.Parents);
        Assert.Equal(("web", "default", Ours), (parent.ParentRef.Name, parent.ParentRef.Namespace, parent.ControllerName));
        Assert.Equal("UnsupportedValue", Assert.Single(parent.Conditions).Reason);
    }

    [Fact]
    public void Route_SameAgain_KeepsItsInstance()
    {
        var refused = new RefusedObject { Kind = "HTTPRoute", Key = Key, Messages = ["bad"], ParentRefs = [new ParentReference("web")] };

        Assert.Same(Add<RouteStatus>("HTTPRoute", refused)[Key], Add<RouteStatus>("HTTPRoute", refused)[Key]);
    }

    [Fact]
    public void NothingRefused_GivesWhatIsServed()
    {
        var served = new Dictionary<NamespacedName, RouteStatus>();

        Assert.Same(served, _statuses.Add("HTTPRoute", served, [], _snapshot, Translate()));
    }

    private IReadOnlyDictionary<NamespacedName, T> Add<T>(string kind, RefusedObject refused)
        where T : class => _statuses.Add(kind, new Dictionary<NamespacedName, T>(), [refused], _snapshot, Translate());

    private TranslationResult Translate() => new Translator(new TranslatorOptions { ControllerNames = [Ours] }).Translate(_snapshot);
}
