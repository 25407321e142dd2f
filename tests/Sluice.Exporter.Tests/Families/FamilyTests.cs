using Sluice.Exporter.Families;
using Sluice.Exporter.Tests.Support;

namespace Sluice.Exporter.Tests.Families;

/// <summary>The families that are new, and what holds for all.</summary>
public sealed class FamilyTests
{
    private const string Listeners = """
        status:
          listeners:
          - name: http
            attachedRoutes: 2
            conditions:
            - {type: Accepted, status: "True"}
            - {type: Programmed, status: "False"}
            - {type: ResolvedRefs, status: Unknown}
            - {type: Odd, status: Perhaps}
          - name: https
            conditions:
            - {type: Accepted, status: "False"}
        """;

    [Fact]
    public void Families_OfAllKinds_AreDistinct()
    {
        var families = StateKinds.All.SelectMany(kind => kind.Families).ToArray();

        Assert.Equal(families.Length, families.Select(family => family.Name).Distinct().Count());
        foreach (var family in families)
        {
            Assert.Matches("^[a-z_]+$", family.Name);
            Assert.NotEmpty(family.Help);
            Assert.DoesNotContain(family.OwnLabels, label => label is "name" or "namespace");
        }
    }

    [Theory]
    [InlineData("Gateway", "gatewayapi_gateway")]
    [InlineData("ListenerSet", "gatewayapi_listenerset")]
    public void ListenersConditions_OfEveryListener_AreTold(string kind, string prefix)
    {
        var samples = Rendered.Samples($"apiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\nmetadata: {{name: a, namespace: b}}\n{Listeners}");

        Assert.Equal(
            [("http", "Accepted", 1), ("http", "Programmed", 0), ("http", "ResolvedRefs", 0), ("https", "Accepted", 0)],
            samples.Where(sample => sample.Name == $"{prefix}_status_listeners_conditions").Select(sample => (sample["listener_name"], sample["type"], (int)sample.Value)));
    }

    [Theory]
    [InlineData("HTTPRoute")]
    [InlineData("GRPCRoute")]
    [InlineData("TLSRoute")]
    [InlineData("TCPRoute")]
    [InlineData("UDPRoute")]
    public void ParentsConditions_OfTwoListenersOfOneGateway_DoNotCollide(string kind)
    {
        var samples = Rendered.Samples($$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: {{kind}}
            metadata: {name: r, namespace: n}
            status:
              parents:
              - controllerName: example.com/c
                parentRef: {name: g, sectionName: a}
                conditions: [{type: Accepted, status: "True"}]
              - controllerName: example.com/c
                parentRef: {name: g, sectionName: b, port: 80}
                conditions: [{type: Accepted, status: "False"}, {type: example.com/Custom, status: "True"}]
            """);

        Assert.Equal(
            ["a  Accepted 1", "b 80 Accepted 0", "b 80 example.com/Custom 1"],
            samples.Where(sample => sample.Name == $"gatewayapi_{kind.ToLowerInvariant()}_status_parents_conditions")
                .Select(sample => $"{sample["parent_section_name"]} {sample.Labels.GetValueOrDefault("parent_port")} {sample["type"]} {sample.Text}").Order());
    }

    [Fact]
    public void BackendTlsPolicy_TellsWhatItsAncestorsSay()
    {
        var samples = Rendered.Samples("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: BackendTLSPolicy
            metadata: {name: p, namespace: n}
            spec: {targetRefs: [{group: "", kind: Service, name: s}]}
            status:
              ancestors:
              - controllerName: example.com/c
                ancestorRef: {name: g, namespace: infra}
                conditions: [{type: Accepted, status: "False"}]
            """);

        var sample = Assert.Single(samples, sample => sample.Name == "gatewayapi_backendtlspolicy_status_ancestors_conditions");
        Assert.Equal(("example.com/c", "g", "infra", "Accepted", "0"), (sample["controller_name"], sample["ancestor_name"], sample["ancestor_namespace"], sample["type"], sample.Text));
    }

    [Fact]
    public void ListenerSet_HasTheFamiliesOfGateways()
    {
        var samples = Rendered.Samples("""
            apiVersion: gateway.networking.k8s.io/v1
            kind: ListenerSet
            metadata: {name: s, namespace: n, labels: {team: a}, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec:
              parentRef: {name: g, namespace: infra}
              listeners: [{name: http, port: 80, protocol: HTTP}]
            status:
              conditions: [{type: Accepted, status: "True"}]
              listeners: [{name: http, attachedRoutes: 3}]
            """);

        Assert.Equal(
            ["created", "deleted", "info", "labels", "listener_info", "status", "status_listener_attached_routes"],
            samples.Select(sample => sample.Name["gatewayapi_listenerset_".Length..]).Order());
        Assert.Equal(("g", "infra", "v1"), (samples[0]["parent_name"], samples[0]["parent_namespace"], samples[0]["customresource_version"]));
    }
}
