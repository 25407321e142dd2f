using Sluice.Controller.Checks;
using Sluice.Controller.Offline;
using Sluice.Controller.Standalone;
using Sluice.Controller.Tests.Support;

namespace Sluice.Controller.Tests.Checks;

public sealed class ManifestCheckTests
{
    private const string Backend = "  rules: [{backendRefs: [{name: s, port: 80}]}]\n";

    private static readonly string Gateway = Snapshots.Gateway("a", ports: 80);

    [Fact]
    public void Run_GoodManifests_FindsNothingButTheMissingClass() =>
        Assert.Equal("info", Assert.Single(Check(Gateway, Snapshots.Route("r", "a", Backend), Snapshots.Service("s"))).Severity);

    [Fact]
    public void Run_MissingService_IsAnErrorWithField() =>
        AssertFinding(Check(Gateway, Snapshots.Route("r", "a", Backend)), "error: HTTPRoute default/r: spec.rules[0].backendRefs[0]", "(BackendNotFound)");

    [Fact]
    public void Run_MissingGrant_IsAnError()
    {
        var route = Snapshots.Route("r", "a", "  rules: [{backendRefs: [{name: s, namespace: other, port: 80}]}]\n");

        AssertFinding(Check(Gateway, route, Snapshots.Service("s", metadata: "\n  namespace: other")), "error: HTTPRoute default/r", "ReferenceGrant in namespace \"other\"");
    }

    [Fact]
    public void Run_AddressOfAnotherMachine_IsNoMistake() =>
        AssertFinding(Check(Snapshots.Gateway("a", "192.0.2.10", ports: 80)), "warning: Gateway default/a: spec.addresses", "in a cluster its load balancer decides");

    [Fact]
    public void Run_SeveralUnresolvedReferences_AreSeveralFindings()
    {
        var route = Snapshots.Route("r", "a", "  rules: [{backendRefs: [{name: x, port: 80}]}, {backendRefs: [{name: y, port: 80}]}]\n");

        Assert.Equal(2, Check(Gateway, route).Count(finding => finding.Severity == "error"));
    }

    [Theory]
    [InlineData("", "error")]
    [InlineData("annotations: {cert-manager.io/issuer: home}", "info")]
    [InlineData("annotations: {cert-manager.io/cluster-issuer: letsencrypt}", "info")]
    public void Run_MissingCertificate_IsAnErrorUnlessCertManagerMakesIt(string annotations, string severity)
    {
        const string Listeners = "  listeners: [{name: tls, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: cert}]}}]\n";
        var gateway = $"apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata:\n  name: web\n  {annotations}\nspec:\n  gatewayClassName: sluice\n  allowedListeners: {{namespaces: {{from: Same}}}}\n{Listeners}";
        var set = $"apiVersion: gateway.networking.k8s.io/v1\nkind: ListenerSet\nmetadata:\n  name: more\n  {annotations}\nspec:\n  parentRef: {{name: web}}\n{Listeners.Replace("443", "444", StringComparison.Ordinal)}";

        var findings = Check(gateway, set);

        AssertFinding(findings, $"{severity}: Gateway default/web: spec.listeners[0]", "Secret \"default/cert\" does not exist");
        AssertFinding(findings, $"{severity}: ListenerSet default/more: spec.listeners[0]", "Secret \"default/cert\" does not exist");
    }

    [Fact]
    public void Run_NoSuchGateway_IsAWarningThatNamesTheNamespaceMeant()
    {
        var route = Snapshots.Route("r", "a", Backend, ", namespace: shop");

        AssertFinding(Check(Gateway, route, Snapshots.Service("s", metadata: "\n  namespace: shop")), "warning: HTTPRoute shop/r: spec.parentRefs[0]", "one of that name in namespace default");
    }

    [Fact]
    public void Run_HostnameOnNoListener_IsAWarning()
    {
        var gateway = Gateway.Replace("protocol: HTTP", "protocol: HTTP, hostname: \"*.example.com\"", StringComparison.Ordinal);
        var route = Snapshots.Route("r", "a", "  hostnames: [a.example.com, example.org]\n" + Backend);

        AssertFinding(Check(gateway, route, Snapshots.Service("s")), "warning: HTTPRoute default/r: spec.hostnames[1]", "\"example.org\" never matches");
    }

    [Fact]
    public void Run_WiderHostnameThanTheListeners_IsFine()
    {
        var gateway = Gateway.Replace("protocol: HTTP", "protocol: HTTP, hostname: a.example.com", StringComparison.Ordinal);
        var route = Snapshots.Route("r", "a", "  hostnames: [\"*.example.com\"]\n" + Backend);

        Assert.DoesNotContain(Check(gateway, route, Snapshots.Service("s")), finding => finding.Severity != "info");
    }

    [Theory]
    [InlineData("s", "", "ConfigMap \"default/ca\" does not exist (InvalidCACertificateRef)", "error: BackendTLSPolicy default/p: spec.validation.caCertificateRefs[0]")]
    [InlineData("s", ", sectionName: https", "Service \"default/s\" has no port \"https\"; it has 80 (unnamed) (TargetNotFound)", "error: BackendTLSPolicy default/p: spec.targetRefs[0].sectionName")]
    [InlineData("gone", "", "there is no Service default/gone among the manifests", "warning: BackendTLSPolicy default/p: spec.targetRefs[0].name")]
    [InlineData("unused", "", "no route of a Gateway among the manifests uses these Services", "warning: BackendTLSPolicy default/p: spec.targetRefs")]
    public void Run_PolicyWithoutEffect_IsFound(string service, string section, string message, string finding)
    {
        var trust = section.Length > 0 ? "wellKnownCACertificates: System" : "caCertificateRefs: [{group: \"\", kind: ConfigMap, name: ca}]";
        var policy = $$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: BackendTLSPolicy
            metadata: {name: p}
            spec:
              targetRefs: [{group: "", kind: Service, name: {{service}}{{section}}}]
              validation: {hostname: a, {{trust}}}

            """;

        AssertFinding(Check(Gateway, Snapshots.Route("r", "a", Backend), Snapshots.Service("s"), Snapshots.Service("unused"), policy), finding, message);
    }

    [Fact]
    public void Run_SecondTcpRouteOnAListener_GetsNothing()
    {
        var gateway = Gateway + "  - {name: tcp, port: 81, protocol: TCP}\n";

        var findings = Check(gateway, Stream("TCPRoute", "first"), Stream("TCPRoute", "second"), Snapshots.Service("s"));

        AssertFinding(findings, "warning: TCPRoute default/second", "serves alone: TCPRoute/default/first on listener tcp");
        Assert.DoesNotContain(findings, finding => finding.Object == "default/first");
    }

    [Fact]
    public void Run_ServerNameOfAnotherTlsRoute_IsAWarning()
    {
        var gateway = Gateway + "  - {name: tls, port: 81, protocol: TLS, tls: {mode: Passthrough}}\n";

        var findings = Check(gateway, Stream("TLSRoute", "first", "  hostnames: [a.example]\n"), Stream("TLSRoute", "second", "  hostnames: [a.example, b.example]\n"), Snapshots.Service("s"));

        AssertFinding(findings, "warning: TLSRoute default/second: spec.hostnames[0]", "\"a.example\" leads to TLSRoute/default/first");
    }

    [Fact]
    public void Run_ServiceWithoutEndpoints_IsAWarning()
    {
        const string Service = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}]}\n";

        AssertFinding(Check(Gateway, Snapshots.Route("r", "a", Backend), Service), "warning: Service default/s", "no endpoints");
    }

    [Fact]
    public void Run_ServiceWhoseEndpointsAClusterFinds_IsNone()
    {
        const string Service = "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: s}, ports: [{port: 80}]}\n";

        Assert.DoesNotContain(Check(Gateway, Snapshots.Route("r", "a", Backend), Service), finding => finding.Severity != "info");
    }

    [Fact]
    public void Run_RuleWithoutBackends_IsAWarning() =>
        AssertFinding(Check(Gateway, Snapshots.Route("r", "a", "  rules: [{matches: [{path: {value: /x}}]}]\n")), "warning: HTTPRoute default/r: spec.rules[0].backendRefs", "answered with 500");

    [Fact]
    public void Run_AllWeightsZero_IsAWarning() =>
        AssertFinding(Check(Gateway, Snapshots.Route("r", "a", "  rules: [{backendRefs: [{name: s, port: 80, weight: 0}]}]\n"), Snapshots.Service("s")), "warning: HTTPRoute default/r: spec.rules[0].backendRefs", "every weight is 0");

    [Fact]
    public void Run_EqualMatchesInTwoRules_WarnsOfTheLaterOne()
    {
        var route = Snapshots.Route("r", "a", """
              rules:
              - {matches: [{path: {value: /x}, headers: [{name: B, value: "2"}, {name: A, value: "1"}]}], backendRefs: [{name: s, port: 80}]}
              - {matches: [{path: {value: /x}, headers: [{name: a, value: "1"}, {name: b, value: "2"}]}], backendRefs: [{name: s, port: 80}]}
            """);

        AssertFinding(Check(Gateway, route, Snapshots.Service("s")), "warning: HTTPRoute default/r: spec.rules[1].matches", "rule 0 of HTTPRoute/default/r");
    }

    [Fact]
    public void Run_ListenerOfUnknownProtocol_IsAnErrorOfTheListener() =>
        AssertFinding(Check(Gateway + "  - {name: x, port: 81, protocol: example.com/ODD}\n"), "error: Gateway default/a: spec.listeners[1]", "(UnsupportedProtocol)");

    [Fact]
    public void ToString_FindingWithoutFile_LeavesThePlaceOut() =>
        Assert.StartsWith("info: GatewayClass sluice: ", Check(Gateway)[0].ToString(), StringComparison.Ordinal);

    private static string Stream(string kind, string name, string hostnames = "") =>
        $"apiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec:\n  parentRefs: [{{name: a}}]\n{hostnames}{Backend}";

    private static IReadOnlyList<Reports.DiagnosticReport> Check(params string[] manifests) =>
        ManifestCheck.Run(OfflineManifests.Of(Snapshots.Update(manifests), new StandaloneOptions { Paths = ["."] }));

    private static void AssertFinding(IReadOnlyList<Reports.DiagnosticReport> findings, string start, string part) =>
        Assert.Contains(findings, finding => finding.ToString().Contains(start, StringComparison.Ordinal) && finding.Message.Contains(part, StringComparison.Ordinal));
}
