using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

public class ListenerSetReadingTests
{
    private const string Parent = "spec:\n  parentRef: {name: gw}\n";
    private const string Listener = Parent + "  listeners:\n  - name: a\n    port: 443\n    protocol: HTTPS\n";

    [Fact]
    public void Read_ListenerSet_GivesEveryField()
    {
        var set = Reads.One<ListenerSet>(Reads.Object("ListenerSet", """
            spec:
              parentRef: {group: gateway.networking.k8s.io, kind: Gateway, name: gw, namespace: infra}
              listeners:
              - name: a
                hostname: a.example
                port: 443
                protocol: HTTPS
                tls: {certificateRefs: [{name: cert, namespace: certs}], options: {kgateway.dev/min-tls-version: "1.3"}}
                allowedRoutes: {namespaces: {from: All}, kinds: [{kind: HTTPRoute}]}
              - {name: b, port: 80, protocol: HTTP}
            """));

        Assert.Equal(new ParentReference("gw", "infra"), set.ParentRef);
        Assert.Equal(["a", "b"], set.Listeners.Select(listener => listener.Name));
        var first = set.Listeners[0];
        Assert.Equal(("a.example", 443, "HTTPS"), (first.Hostname, first.Port, first.Protocol));
        Assert.Equal([new SecretObjectReference("cert", "certs")], first.Tls!.CertificateRefs);
        Assert.Equal("1.3", first.Tls.Options["kgateway.dev/min-tls-version"]);
        Assert.Equal(FromNamespaces.All, first.AllowedRoutes.From);
    }

    [Theory]
    [InlineData("", 1, 1, "spec", "is required")]
    [InlineData("spec: []\n", 5, 7, "spec", "must be a mapping (fields), found a list")]
    [InlineData("spec:\n  listeners:\n  - {name: a, port: 80, protocol: HTTP}\n", 5, 1, "spec.parentRef", "is required: the Gateway that the listeners are for")]
    [InlineData("spec:\n  parentRef: {}\n  listeners:\n  - {name: a, port: 80, protocol: HTTP}\n", 6, 3, "spec.parentRef.name", "is required: the name of the Gateway")]
    [InlineData("spec:\n  parentRef: gw\n  listeners:\n  - {name: a, port: 80, protocol: HTTP}\n", 6, 14, "spec.parentRef", "must be a mapping (fields), found \"gw\"")]
    [InlineData("spec:\n  parentRef: {name: gw, namespace: Infra}\n  listeners:\n  - {name: a, port: 80, protocol: HTTP}\n", 6, 36, "spec.parentRef.namespace", "must be a lower-case name")]
    [InlineData("spec:\n  parentRef: {name: 7}\n  listeners:\n  - {name: a, port: 80, protocol: HTTP}\n", 6, 21, "spec.parentRef.name", "must be a string, found the number 7: put it in quotes, \"7\"")]
    [InlineData(Parent, 5, 1, "spec.listeners", "is required: a list of at least one listener with name, port and protocol")]
    [InlineData(Parent + "  listeners: []\n", 7, 14, "spec.listeners", "must have at least 1 item")]
    [InlineData(Parent + "  listeners: {name: a}\n", 7, 14, "spec.listeners", "must be a list (items start with \"- \"), found a mapping")]
    [InlineData(Parent + "  listeners:\n  - {name: a, port: 0, protocol: HTTP}\n", 8, 21, "spec.listeners[0].port", "must be a whole number from 1 to 65535, found the number 0")]
    [InlineData(Parent + "  listeners:\n  - {name: a, protocol: HTTP}\n", 8, 5, "spec.listeners[0].port", "is required")]
    [InlineData(Parent + "  listeners:\n  - {name: a, port: 80, protocol: HTTP}\n  - {name: a, port: 81, protocol: HTTP}\n", 9, 12, "spec.listeners[1].name", "must be unique within the ListenerSet: the listener on line 8 is named \"a\" too")]
    [InlineData(Parent + "  listeners:\n  - {name: a, port: 80, protocol: HTTP}\n  - {name: b, port: 80, protocol: HTTP}\n", 9, 5, "spec.listeners[1]", "their combination must be unique within the ListenerSet")]
    [InlineData(Parent + "  listeners:\n  - {name: a, port: 443, protocol: TLS}\n", 8, 5, "spec.listeners[0].tls", "is required")]
    [InlineData(Parent + "  listeners:\n  - {name: a, port: 80, protocol: HTTP, tls: {certificateRefs: [{name: c}]}}\n", 8, 46, "spec.listeners[0].tls", "must not be given for the protocol HTTP")]

    // spec.listeners[].tls.options
    [InlineData(Listener + "    tls: {options: [a]}\n", 11, 20, "spec.listeners[0].tls.options", "must be a mapping (fields), found a list")]
    [InlineData(Listener + "    tls: {options: {kgateway.dev/min-tls-version: 1.3}}\n", 11, 51, "spec.listeners[0].tls.options[\"kgateway.dev/min-tls-version\"]", "must be a string, found the number 1.3: put it in quotes, \"1.3\"")]
    [InlineData(Listener + "    tls: {options: {kgateway.dev/alpn-protocols: true}}\n", 11, 50, "spec.listeners[0].tls.options[\"kgateway.dev/alpn-protocols\"]", "must be a string, found the boolean true")]
    [InlineData(Listener + "    tls: {options: {kgateway.dev/cipher-suites: {a: b}}}\n", 11, 49, "spec.listeners[0].tls.options[\"kgateway.dev/cipher-suites\"]", "must be a string, found a mapping")]
    [InlineData(Listener + "    tls: {options: {kgateway.dev/cipher-suites: [A, 7]}}\n", 11, 53, "spec.listeners[0].tls.options[\"kgateway.dev/cipher-suites\"][1]", "must be a string, found the number 7")]
    [InlineData(Listener + "    tls: {options: {kgateway.dev/cipher-suites: [\"\"]}}\n", 11, 50, "spec.listeners[0].tls.options[\"kgateway.dev/cipher-suites\"][0]", "must")]
    public void Read_Mistake_IsReportedAtItsPlace(string spec, int line, int column, string field, string message)
    {
        var file = Reads.Read(Reads.Object("ListenerSet", spec));

        Assert.Empty(file.Objects);
        var finding = file.Diagnostics[0];
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal((field, line, column, ManifestSeverity.Error), (finding.Field, finding.Line, finding.Column, finding.Severity));
    }

    [Fact]
    public void Read_TooMany_IsFoundAtTheList()
    {
        var listeners = string.Concat(Enumerable.Range(1, 65).Select(port => $"  - {{name: l{port}, port: {port}, protocol: HTTP}}\n"));
        var options = string.Join(", ", Enumerable.Range(1, 17).Select(number => $"example.com/o{number}: a"));
        var suites = string.Join(", ", Enumerable.Repeat("A", 65));

        Assert.Equal("spec.listeners: must have at most 64 items, has 65", First(Parent + "  listeners:\n" + listeners));
        Assert.Equal("spec.listeners[0].tls.options: must have at most 16 entries, has 17", First(Listener + $"    tls: {{options: {{{options}}}}}\n"));
        Assert.Equal("spec.listeners[0].tls.options[\"kgateway.dev/cipher-suites\"]: must have at most 64 items, has 65", First(Listener + $"    tls: {{options: {{kgateway.dev/cipher-suites: [{suites}]}}}}\n"));
        Assert.Contains("must have at most 4096 characters", First(Listener + $"    tls: {{options: {{kgateway.dev/cipher-suites: {new string('a', 4097)}}}}}\n"), StringComparison.Ordinal);
        Assert.Contains("must have at most 4096 characters", First(Listener + $"    tls: {{options: {{kgateway.dev/cipher-suites: [{string.Join(", ", Enumerable.Repeat(new string('a', 253), 17))}]}}}}\n"), StringComparison.Ordinal);

        static string First(string spec)
        {
            var finding = Reads.Read(Reads.Object("ListenerSet", spec)).Diagnostics[0];
            return $"{finding.Field}: {finding.Message}";
        }
    }

    [Fact]
    public void Read_OptionsThatAreAList_AreTakenWithAWarning()
    {
        var file = Reads.Read(Reads.Object("ListenerSet", Listener + "    tls: {options: {kgateway.dev/cipher-suites: [A, B], kgateway.dev/alpn-protocols: ~}}\n"));

        var options = Assert.IsType<ListenerSet>(Assert.Single(file.Objects)).Listeners[0].Tls!.Options;
        Assert.Equal(("A,B", ""), (options["kgateway.dev/cipher-suites"], options["kgateway.dev/alpn-protocols"]));
        var finding = Assert.Single(file.Diagnostics);
        Assert.Equal((ManifestSeverity.Warning, 11), (finding.Severity, finding.Line));
        Assert.Contains("is a list, which is read as \"A,B\"", finding.Message, StringComparison.Ordinal);
    }
}
