using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

public class BackendTlsPolicyReadingTests
{
    private const string Target = "targetRefs: [{group: \"\", kind: Service, name: shop}]";
    private const string Validation = "validation: {hostname: shop.example, wellKnownCACertificates: System}";

    [Fact]
    public void Read_Policy_GivesEveryField()
    {
        var policy = Reads.One<BackendTlsPolicy>(Reads.Object("BackendTLSPolicy", """
            spec:
              targetRefs:
              - {group: "", kind: Service, name: shop, sectionName: https}
              - {group: "", kind: Service, name: shop, sectionName: admin}
              validation:
                caCertificateRefs: [{group: "", kind: ConfigMap, name: first}, {group: example.com, kind: Other, name: second}]
                hostname: shop.example
                subjectAltNames:
                - {type: Hostname, hostname: "*.shop.example"}
                - {type: URI, uri: "spiffe://shop.example/cart"}
              options: {example.com/minimum: "1.3"}
            """));

        Assert.Equal([new PolicyTargetReference("", "Service", "shop", "https"), new PolicyTargetReference("", "Service", "shop", "admin")], policy.TargetRefs);
        Assert.Equal([new LocalObjectReference("", "ConfigMap", "first"), new LocalObjectReference("example.com", "Other", "second")], policy.Validation.CaCertificateRefs);
        Assert.Null(policy.Validation.WellKnownCaCertificates);
        Assert.Equal("shop.example", policy.Validation.Hostname);
        Assert.Equal([new SubjectAltName("Hostname", "*.shop.example"), new SubjectAltName("URI", "spiffe://shop.example/cart")], policy.Validation.SubjectAltNames);
        Assert.Equal("1.3", policy.Options["example.com/minimum"]);
    }

    [Theory]
    [InlineData("System")]
    [InlineData("example.com/my-authorities")]
    public void Read_WellKnownCertificates_AreTaken(string name) =>
        Assert.Equal(name, Reads.One<BackendTlsPolicy>(Policy(Target, $"validation: {{hostname: a, wellKnownCACertificates: {name}}}")).Validation.WellKnownCaCertificates);

    [Theory]
    [InlineData(Target, "", "spec.validation: is required")]
    [InlineData("", Validation, "spec.targetRefs: is required")]
    [InlineData("targetRefs: []", Validation, "spec.targetRefs: must have at least 1 item")]
    [InlineData("targetRefs: [{kind: Service, name: a}]", Validation, "spec.targetRefs[0].group: is required")]
    [InlineData("targetRefs: [{group: \"\", kind: Service, name: a}, {group: \"\", kind: Service, name: a}]", Validation, "spec.targetRefs[1]: repeats targetRefs[0]")]
    [InlineData("targetRefs: [{group: \"\", kind: Service, name: a}, {group: \"\", kind: Service, name: a, sectionName: b}]", Validation, "spec.targetRefs[1]: names the same target as targetRefs[0]: then both must have a sectionName")]
    [InlineData(Target, "validation: {wellKnownCACertificates: System}", "spec.validation.hostname: is required")]
    [InlineData(Target, "validation: {hostname: \"*.a\", wellKnownCACertificates: System}", "spec.validation.hostname: must be a lower-case hostname")]
    [InlineData(Target, "validation: {hostname: a}", "spec.validation.caCertificateRefs: is required")]
    [InlineData(Target, "validation: {hostname: a, caCertificateRefs: []}", "spec.validation.caCertificateRefs: is required")]
    [InlineData(Target, "validation: {hostname: a, wellKnownCACertificates: Mine}", "spec.validation.wellKnownCACertificates: must be System")]
    [InlineData(Target, "validation: {hostname: a, wellKnownCACertificates: System, caCertificateRefs: [{group: \"\", kind: ConfigMap, name: a}]}", "spec.validation.wellKnownCACertificates: must not stand beside caCertificateRefs")]
    [InlineData(Target, "validation: {hostname: a, wellKnownCACertificates: System, subjectAltNames: [{hostname: a}]}", "spec.validation.subjectAltNames[0].type: is required")]
    [InlineData(Target, "validation: {hostname: a, wellKnownCACertificates: System, subjectAltNames: [{type: URI}]}", "spec.validation.subjectAltNames[0].uri: is required")]
    [InlineData(Target, "validation: {hostname: a, wellKnownCACertificates: System, subjectAltNames: [{type: URI, uri: \"mailto:me\"}]}", "spec.validation.subjectAltNames[0].uri: must be a URI with scheme and authority")]
    [InlineData(Target, "validation: {hostname: a, wellKnownCACertificates: System, subjectAltNames: [{type: Hostname, hostname: a, uri: \"a://b\"}]}", "spec.validation.subjectAltNames[0].uri: must not stand here when type is Hostname")]
    [InlineData(Target, "validation: {hostname: a, wellKnownCACertificates: System, subjectAltNames: [{type: IP, hostname: a}]}", "spec.validation.subjectAltNames[0].type: must be one of Hostname, URI")]
    public void Read_Mistake_IsFoundAtItsField(string targets, string validation, string finding)
    {
        var file = Reads.Read(Policy(targets, validation));

        Assert.Empty(file.Objects);
        Assert.Contains(file.Diagnostics, diagnostic => diagnostic.Severity == ManifestSeverity.Error && diagnostic.ToString().Contains(finding, StringComparison.Ordinal));
    }

    private static string Policy(string targets, string validation) => Reads.Object("BackendTLSPolicy", $"spec:\n  {targets}\n  {validation}\n");
}
