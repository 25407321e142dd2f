using System.Text.Json;
using Sluice.Exporter.Tests.Support;

namespace Sluice.Exporter.Tests.Families;

/// <summary>
/// Objects at the edge of what is described. The samples are those of the exporter that is matched, but for the cases named here: in
/// these it loses data, gives the same series twice, or gives what no parser takes. Each of them is decided in docs/reference/metrics.md.
/// </summary>
public sealed class EdgeCasesTests
{
    private static readonly Dictionary<string, string[]> Decided = new()
    {
        ["labels-override-identity"] = [Gateway("labels", """label_name="not-g1",label_namespace="elsewhere",""")],
        ["labels-collision"] = ["""gatewayapi_gateway_labels{customresource_group="gateway.networking.k8s.io",customresource_kind="Gateway",customresource_version="v1beta1",foo_bar="one",foo_bar_conflict2="two",name="g1",namespace="ns1"} 1"""],
        ["labels-leading-digit"] = [Gateway("labels", """label_3scale_net_created_by="op",""")],
        ["hostnames-duplicate"] =
        [
            """gatewayapi_httproute_hostname_info{customresource_group="gateway.networking.k8s.io",customresource_kind="HTTPRoute",customresource_version="v1beta1",hostname="*.example.com",name="r1",namespace="ns1"} 1""",
            """gatewayapi_httproute_hostname_info{customresource_group="gateway.networking.k8s.io",customresource_kind="HTTPRoute",customresource_version="v1beta1",hostname="a.example.com",name="r1",namespace="ns1"} 1""",
        ],
        ["supported-features-objects"] =
        [
            """gatewayapi_gatewayclass_status{customresource_group="gateway.networking.k8s.io",customresource_kind="GatewayClass",customresource_version="v1beta1",name="c1",type="Accepted"} 0""",
            """gatewayapi_gatewayclass_status_supported_features{customresource_group="gateway.networking.k8s.io",customresource_kind="GatewayClass",customresource_version="v1beta1",features="GRPCRoute",name="c1"} 1""",
            """gatewayapi_gatewayclass_status_supported_features{customresource_group="gateway.networking.k8s.io",customresource_kind="GatewayClass",customresource_version="v1beta1",features="HTTPRoute",name="c1"} 1""",
        ],
        ["version-grpcroute-v1"] = Route("GRPCRoute"),
        ["version-tlsroute-v1"] = Route("TLSRoute"),
        ["version-tcproute-v1"] = Route("TCPRoute"),
        ["version-udproute-v1"] = Route("UDPRoute"),
        ["backendtlspolicy-v1-targetrefs"] =
        [
            """gatewayapi_backendtlspolicy_deleted{customresource_group="gateway.networking.k8s.io",customresource_kind="BackendTLSPolicy",customresource_version="v1alpha2",name="p1",namespace="ns1"} 0""",
            """gatewayapi_backendtlspolicy_target_info{customresource_group="gateway.networking.k8s.io",customresource_kind="BackendTLSPolicy",customresource_version="v1alpha2",name="p1",namespace="ns1",target_group="",target_kind="Service",target_name="s1"} 1""",
            """gatewayapi_backendtlspolicy_target_info{customresource_group="gateway.networking.k8s.io",customresource_kind="BackendTLSPolicy",customresource_version="v1alpha2",name="p1",namespace="ns1",target_group="",target_kind="Service",target_name="s2",target_section_name="https"} 1""",
        ],
    };

    public static TheoryData<string> Cases => [.. SharedMetrics.Cases("edge_cases").Select(item => item.GetProperty("id").GetString()!)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void Object_GivesTheSamplesOfTheReference_OrThoseDecided(string id)
    {
        var edge = SharedMetrics.Cases("edge_cases").Single(item => item.GetProperty("id").GetString() == id);

        var samples = Rendered.Samples(edge.GetProperty("input").GetString()!, edge.GetProperty("crd_defaults_applied").GetBoolean());

        if (edge.GetProperty("families_checked") is { ValueKind: JsonValueKind.Array } families)
            samples = [.. samples.Where(sample => families.EnumerateArray().Any(family => family.GetString() == sample.Name))];
        Assert.Equal(Expected(id, edge).Order(StringComparer.Ordinal), samples.Select(sample => sample.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Order_OfTheSamplesOfAnObject_IsThatOfTheirLabels()
    {
        foreach (var edge in SharedMetrics.Cases("edge_cases").Where(item => !Decided.ContainsKey(item.GetProperty("id").GetString()!)))
        {
            foreach (var family in Expected("", edge).GroupBy(line => line.Split('{')[0]))
            {
                var samples = Rendered.Samples(edge.GetProperty("input").GetString()!, edge.GetProperty("crd_defaults_applied").GetBoolean());
                Assert.Equal(family, samples.Where(sample => sample.Name == family.Key).Select(sample => sample.ToString()));
            }
        }
    }

    private static IEnumerable<string> Expected(string id, JsonElement edge) => Decided.TryGetValue(id, out var decided)
        ? decided.Select(line => SampleLine.Parse(line).ToString())
        : edge.GetProperty("kube_state_metrics_expected").EnumerateArray().Select(item => new ParsedSample(
            item.GetProperty("metric").GetString()!,
            SharedMetrics.Labels(item.GetProperty("labels")),
            Sluice.Exporter.Rendering.NumberText.Format(item.GetProperty("value").GetDouble())).ToString());

    private static string Gateway(string family, string labels) =>
        $$"""gatewayapi_gateway_{{family}}{customresource_group="gateway.networking.k8s.io",customresource_kind="Gateway",customresource_version="v1beta1",{{labels}}name="g1",namespace="ns1"} 1""";

    private static string[] Route(string kind)
    {
        var (family, identity) = ($"gatewayapi_{kind.ToLowerInvariant()}", $"""customresource_group="gateway.networking.k8s.io",customresource_kind="{kind}",customresource_version="v1alpha2",name="r1",namespace="ns1" """.TrimEnd());
        return
        [
            $"{family}_deleted{{{identity}}} 0",
            $$"""{{family}}_parent_info{{{identity}},parent_group="gateway.networking.k8s.io",parent_kind="Gateway",parent_name="g1"} 1""",
        ];
    }
}
