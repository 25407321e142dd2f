using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

public class Layer4RouteReadingTests
{
    private const string Rules = "  rules: [{backendRefs: [{name: db, port: 5432}]}]\n";

    [Fact]
    public void Read_TlsRoute_GivesEveryField()
    {
        var route = Reads.One<TlsRoute>(Reads.Object("TLSRoute", """
            spec:
              parentRefs: [{name: gateway, sectionName: tls, port: 8443}]
              hostnames: [db.example.com, "*.example.org"]
              rules:
              - name: only
                backendRefs:
                - {name: db, port: 5432, weight: 3}
                - {name: other, namespace: elsewhere, port: 1, weight: 0}
                - {name: bucket, group: example.com, kind: Bucket}
            """));

        Assert.Equal([new ParentReference("gateway", SectionName: "tls", Port: 8443)], route.ParentRefs);
        Assert.Equal(["db.example.com", "*.example.org"], route.Hostnames);
        Assert.Equal("only", route.Rule.Name);
        Assert.Equal(
            [
                new BackendRef { Name = "db", Port = 5432, Weight = 3 },
                new BackendRef { Name = "other", Namespace = "elsewhere", Port = 1, Weight = 0 },
                new BackendRef { Name = "bucket", Group = "example.com", Kind = "Bucket" },
            ],
            route.Rule.BackendRefs);
        Assert.Equal(1, route.RuleCount);
    }

    [Fact]
    public void Read_TcpAndUdpRoute_AreAlike()
    {
        var tcp = Reads.One<TcpRoute>(Reads.Object("TCPRoute", "spec:\n  parentRefs: [{name: gateway}]\n" + Rules));
        var udp = Reads.One<UdpRoute>(Reads.Object("UDPRoute", "spec:\n  parentRefs: [{name: gateway}]\n" + Rules));

        Assert.Equal("TCPRoute", tcp.Kind);
        Assert.Equal("UDPRoute", udp.Kind);
        Assert.Empty(tcp.Hostnames);
        Assert.Equal(tcp.ParentRefs, udp.ParentRefs);
        Assert.Equal(tcp.Rule.BackendRefs, udp.Rule.BackendRefs);
    }

    [Theory]
    [InlineData("TLSRoute", "v1alpha2", "spec:\n", true)]
    [InlineData("TLSRoute", "v1alpha3", "spec:\n  hostnames: [a.example]\n", true)]
    [InlineData("TLSRoute", "v1alpha3", "spec:\n", false)]
    [InlineData("TCPRoute", "v1alpha2", "spec:\n", true)]
    [InlineData("UDPRoute", "v1alpha2", "spec:\n", true)]
    [InlineData("TCPRoute", "v1alpha3", "spec:\n", false)]
    public void Read_OlderVersions_AreReadWhereTheyWereServed(string kind, string version, string spec, bool reads)
    {
        var file = Reads.Read($"apiVersion: gateway.networking.k8s.io/{version}\nkind: {kind}\nmetadata: {{name: a}}\n{spec}{Rules}");

        Assert.Equal(reads, file.Objects.Count == 1);
        Assert.Equal(reads, file.Diagnostics.Count == 0);
    }

    [Theory]
    [InlineData("TLSRoute", "spec:\n" + Rules, "spec.hostnames: is required: a list of at least one server name")]
    [InlineData("TLSRoute", "spec:\n  hostnames: []\n" + Rules, "spec.hostnames: must have at least 1 item")]
    [InlineData("TLSRoute", "spec:\n  hostnames: [192.0.2.1]\n" + Rules, "spec.hostnames[0]: must be a hostname such as \"example.com\", not an IP address")]
    [InlineData("TLSRoute", "spec:\n  hostnames: [a.*.example]\n" + Rules, "spec.hostnames[0]: must be a lower-case hostname")]
    [InlineData("TLSRoute", "spec:\n  hostnames: [\"*\"]\n" + Rules, "spec.hostnames[0]: must be a lower-case hostname")]
    [InlineData("TCPRoute", "spec: {}\n", "spec.rules: is required: a list of one rule with backendRefs")]
    [InlineData("TCPRoute", "spec: {rules: []}\n", "spec.rules: must have at least 1 item")]
    [InlineData("TCPRoute", "spec: {rules: [{}]}\n", "spec.rules[0].backendRefs: is required")]
    [InlineData("TCPRoute", "spec: {rules: [{backendRefs: []}]}\n", "spec.rules[0].backendRefs: must have at least 1 item")]
    [InlineData("TCPRoute", "spec: {rules: [{backendRefs: [{name: a}]}]}\n", "spec.rules[0].backendRefs[0].port: is required")]
    [InlineData("UDPRoute", "spec: {rules: [{backendRefs: [{name: a, port: 1, weight: 1000001}]}]}\n", "spec.rules[0].backendRefs[0].weight: must be a whole number from 0 to 1000000")]
    [InlineData("UDPRoute", "spec: {rules: [{backendRefs: [{name: a, port: 1}]}, {backendRefs: [{name: b, port: 1}]}]}\n", "spec.rules: must have exactly 1 item, has 2: nothing tells which rule")]
    [InlineData("UDPRoute", "spec: {rules: {}}\n", "spec.rules: must be a list")]
    [InlineData("UDPRoute", "spec: {rules: [~]}\n", "spec.rules[0]: must be a value")]
    public void Read_Mistake_IsFoundAtItsField(string kind, string spec, string finding)
    {
        var file = Reads.Read(Reads.Object(kind, spec));

        Assert.Empty(file.Objects);
        Assert.Contains(file.Diagnostics, diagnostic => diagnostic.Severity == ManifestSeverity.Error && diagnostic.ToString().Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_HostnamesOfATcpRoute_AreUnknown()
    {
        var file = Reads.Read(Reads.Object("TCPRoute", "spec:\n  hostnames: [a.example]\n" + Rules));

        Assert.Single(file.Objects);
        Assert.Contains("spec.hostnames: unknown field", Assert.Single(file.Diagnostics).ToString(), StringComparison.Ordinal);
    }
}
