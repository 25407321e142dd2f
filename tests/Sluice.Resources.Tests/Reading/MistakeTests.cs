using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

/// <summary>One row for each kind of mistake: where it is reported and what it says.</summary>
public class MistakeTests
{
    private const string Listener = "spec:\n  gatewayClassName: c\n  listeners:\n  - name: a\n    port: 80\n    protocol: HTTP\n";
    private const string Rules = "spec:\n  rules:\n";
    private const string Backend = "    backendRefs: [{name: b, port: 80}]\n";

    [Theory]
    // metadata: lines count from the apiVersion line, so "metadata" is line 3 and the spec starts on line 5
    [InlineData("Gateway", "", 1, 1, "spec", "is required")]
    [InlineData("Gateway", "spec: 1\n", 5, 7, "spec", "must be a mapping (fields), found the number 1")]
    [InlineData("Gateway", "spec: {}\n", 5, 1, "spec.gatewayClassName", "is required: the name of a GatewayClass")]
    [InlineData("Gateway", "spec: {gatewayClassName: c, listeners: []}\n", 5, 40, "spec.listeners", "must have at least 1 item")]
    [InlineData("Gateway", "spec: {gatewayClassName: 7, listeners: [{name: a, port: 1, protocol: TCP}]}\n", 5, 26, "spec.gatewayClassName", "must be a string, found the number 7: put it in quotes, \"7\"")]
    [InlineData("Gateway", "spec:\n  gatewayClassName: c\n  listeners: {name: a}\n", 7, 14, "spec.listeners", "must be a list (items start with \"- \"), found a mapping")]
    [InlineData("Gateway", "spec:\n  gatewayClassName: c\n  listeners:\n  - port: 80\n    protocol: HTTP\n", 8, 5, "spec.listeners[0].name", "is required")]
    [InlineData("Gateway", "spec:\n  gatewayClassName: c\n  listeners:\n  - name: a\n    port: 0\n    protocol: HTTP\n", 9, 11, "spec.listeners[0].port", "must be a whole number from 1 to 65535, found the number 0")]
    [InlineData("Gateway", "spec:\n  gatewayClassName: c\n  listeners:\n  - name: a\n    port: \"80\"\n    protocol: HTTP\n", 9, 11, "spec.listeners[0].port", "found the string \"80\": remove the quotes")]
    [InlineData("Gateway", "spec:\n  gatewayClassName: c\n  listeners:\n  - name: a\n    port: 0080\n    protocol: HTTP\n", 9, 11, "spec.listeners[0].port", "octal")]
    [InlineData("Gateway", "spec:\n  gatewayClassName: c\n  listeners:\n  - name: a\n    port: 8.5\n    protocol: HTTP\n", 9, 11, "spec.listeners[0].port", "found the number 8.5")]
    [InlineData("Gateway", "spec:\n  gatewayClassName: c\n  listeners:\n  - name: A_b\n    port: 80\n    protocol: HTTP\n", 8, 11, "spec.listeners[0].name", "must be a lower-case name")]
    [InlineData("Gateway", "spec:\n  gatewayClassName: c\n  listeners:\n  - name: a\n    port: 80\n    protocol: \"H TTP\"\n", 10, 15, "spec.listeners[0].protocol", "must be HTTP, HTTPS, TLS, TCP, UDP or")]
    [InlineData("Gateway", Listener + "    hostname: \"*.*.example.com\"\n", 11, 15, "spec.listeners[0].hostname", "must be a lower-case hostname")]
    [InlineData("Gateway", Listener + "    hostname: example.com:80\n", 11, 15, "spec.listeners[0].hostname", "without port")]
    [InlineData("Gateway", Listener + "    tls: {certificateRefs: [{name: c}]}\n", 11, 10, "spec.listeners[0].tls", "must not be given for the protocol HTTP")]
    [InlineData("Gateway", Listener + "  - name: a\n    port: 81\n    protocol: HTTP\n", 11, 11, "spec.listeners[1].name", "must be unique within the Gateway: the listener on line 8")]
    [InlineData("Gateway", Listener + "  - name: b\n    port: 80\n    protocol: HTTP\n", 11, 5, "spec.listeners[1]", "their combination must be unique")]
    [InlineData("Gateway", Listener + "    allowedRoutes: {namespaces: {from: all}}\n", 11, 40, "spec.listeners[0].allowedRoutes.namespaces.from", "must be All with this case, found \"all\"")]
    [InlineData("Gateway", Listener + "    allowedRoutes: {namespaces: {from: Selector}}\n", 11, 21, "spec.listeners[0].allowedRoutes.namespaces.selector", "is required")]
    [InlineData("Gateway", Listener + "    allowedRoutes: {kinds: [{group: x}]}\n", 11, 29, "spec.listeners[0].allowedRoutes.kinds[0].kind", "is required")]
    [InlineData("Gateway", "spec:\n  gatewayClassName: c\n  listeners:\n  - {name: a, port: 443, protocol: HTTPS, tls: {mode: Passthrough}}\n", 8, 55, "spec.listeners[0].tls.mode", "must be Terminate for the protocol HTTPS")]
    [InlineData("Gateway", "spec:\n  gatewayClassName: c\n  listeners:\n  - {name: a, port: 443, protocol: HTTPS, tls: {}}\n", 8, 48, "spec.listeners[0].tls", "must have certificateRefs or options")]
    [InlineData("Gateway", "spec:\n  gatewayClassName: c\n  listeners:\n  - {name: a, port: 443, protocol: TLS}\n", 8, 5, "spec.listeners[0].tls", "is required")]
    [InlineData("Gateway", "spec:\n  gatewayClassName: c\n  listeners:\n  - {name: a, port: 53, protocol: UDP, hostname: a.b}\n", 8, 50, "spec.listeners[0].hostname", "must not be given for the protocol UDP")]
    [InlineData("Gateway", Listener + "  addresses: [{value: 10.0.0.1}, {value: 10.0.0.1}]\n", 11, 42, "spec.addresses[1].value", "must be unique")]
    [InlineData("Gateway", Listener + "  addresses: [{value: 10.0.0}]\n", 11, 23, "spec.addresses[0].value", "must be an IP address")]
    [InlineData("Gateway", Listener + "  infrastructure: {labels: {a: \"b c\"}}\n", 11, 32, "spec.infrastructure.labels.a", "must be at most 63 letters")]
    [InlineData("Gateway", Listener + "  tls: {frontend: {}}\n", 11, 9, "spec.tls.frontend.default", "is required")]
    [InlineData("GatewayClass", "spec: {controllerName: sluice}\n", 5, 24, "spec.controllerName", "must be a domain-prefixed path")]
    [InlineData("ReferenceGrant", "spec: {from: [{group: \"\", kind: X}], to: [{group: \"\", kind: Service}]}\n", 5, 15, "spec.from[0].namespace", "is required")]
    [InlineData("ReferenceGrant", "spec: {from: [{group: \"\", kind: X, namespace: y}]}\n", 5, 1, "spec.to", "is required")]
    [InlineData("HTTPRoute", "spec: {hostnames: [Example.com]}\n", 5, 20, "spec.hostnames[0]", "must be a lower-case hostname")]
    [InlineData("HTTPRoute", "spec: {rules: []}\n", 5, 15, "spec.rules", "must have at least 1 item")]
    [InlineData("HTTPRoute", "spec: {parentRefs: [{name: a}, {name: a}]}\n", 5, 32, "spec.parentRefs[1]", "repeats parentRefs[0]")]
    [InlineData("HTTPRoute", "spec: {parentRefs: [{name: a}, {name: a, sectionName: b}]}\n", 5, 32, "spec.parentRefs[1]", "both must have a sectionName")]
    [InlineData("HTTPRoute", Rules + "  - backendRefs: [{name: b}]\n", 7, 19, "spec.rules[0].backendRefs[0].port", "needs the Service's port")]
    [InlineData("HTTPRoute", Rules + "  - backendRefs: [{name: b, port: 80, weight: -1}]\n", 7, 47, "spec.rules[0].backendRefs[0].weight", "must be a whole number from 0 to 1000000")]
    [InlineData("HTTPRoute", Rules + "  - backendRefs: b\n", 7, 18, "spec.rules[0].backendRefs", "must be a list (items start with \"- \"), found \"b\"")]
    [InlineData("HTTPRoute", Rules + "  - backendRefs: [~]\n", 7, 19, "spec.rules[0].backendRefs[0]", "must be a value, found nothing")]
    [InlineData("HTTPRoute", Rules + "  - matches: [{path: {value: x}}]\n", 7, 30, "spec.rules[0].matches[0].path.value", "must be an absolute path")]
    [InlineData("HTTPRoute", Rules + "  - matches: [{path: {value: /a//b}}]\n", 7, 30, "spec.rules[0].matches[0].path.value", "must not contain \"//\"")]
    [InlineData("HTTPRoute", Rules + "  - matches: [{path: {value: /a/..}}]\n", 7, 30, "spec.rules[0].matches[0].path.value", "must not contain \"/..\" at its end")]
    [InlineData("HTTPRoute", Rules + "  - matches: [{path: {value: \"/a b\"}}]\n", 7, 30, "spec.rules[0].matches[0].path.value", "percent-encoded")]
    [InlineData("HTTPRoute", Rules + "  - matches: [{path: {value: /a%2z}}]\n", 7, 30, "spec.rules[0].matches[0].path.value", "percent-encoded")]
    [InlineData("HTTPRoute", Rules + "  - matches: [{path: {type: Prefix}}]\n", 7, 29, "spec.rules[0].matches[0].path.type", "must be one of Exact, PathPrefix, RegularExpression, found \"Prefix\"")]
    [InlineData("GRPCRoute", Rules + "  - matches: [{method: {}}]\n", 7, 24, "spec.rules[0].matches[0].method", "must have service, method or both")]
    [InlineData("GRPCRoute", Rules + "  - matches: [{method: {type: RegularExpression, service: \"\"}}]\n", 7, 24, "spec.rules[0].matches[0].method", "must have service, method or both")]
    [InlineData("GRPCRoute", Rules + "  - matches: [{method: {service: /shop.Cart}}]\n", 7, 34, "spec.rules[0].matches[0].method.service", "must be the name of a service with its package")]
    [InlineData("GRPCRoute", Rules + "  - matches: [{method: {service: shop..Cart}}]\n", 7, 34, "spec.rules[0].matches[0].method.service", "must be the name of a service with its package")]
    [InlineData("GRPCRoute", Rules + "  - matches: [{method: {method: Add-Item}}]\n", 7, 33, "spec.rules[0].matches[0].method.method", "must be the name of a method")]
    [InlineData("GRPCRoute", Rules + "  - matches: [{method: {type: Prefix, service: a}}]\n", 7, 31, "spec.rules[0].matches[0].method.type", "must be one of Exact, RegularExpression")]
    [InlineData("GRPCRoute", Rules + "  - filters: [{type: URLRewrite, urlRewrite: {}}]\n", 7, 22, "spec.rules[0].filters[0].type", "must be one of RequestHeaderModifier, ResponseHeaderModifier, RequestMirror, ExtensionRef")]
    [InlineData("GRPCRoute", Rules + "  - backendRefs: [{name: b, port: 1, filters: [{type: CORS, cors: {}}]}]\n", 7, 55, "spec.rules[0].backendRefs[0].filters[0].type", "must be one of RequestHeaderModifier")]
    [InlineData("GRPCRoute", "spec: {parentRefs: [{name: a}, {name: a}]}\n", 5, 32, "spec.parentRefs[1]", "repeats parentRefs[0]")]
    [InlineData("HTTPRoute", Rules + "  - matches: [{method: get}]\n", 7, 24, "spec.rules[0].matches[0].method", "must be GET with this case")]
    [InlineData("HTTPRoute", Rules + "  - matches: [{headers: [{name: a, value: yes}]}]\n", 7, 43, "spec.rules[0].matches[0].headers[0].value", "must be a string, found the boolean yes: put it in quotes, \"yes\"")]
    [InlineData("HTTPRoute", Rules + "  - matches: [{headers: [{name: a, value: x}, {name: a, value: y}]}]\n", 7, 54, "spec.rules[0].matches[0].headers[1].name", "must be unique in this list")]
    [InlineData("HTTPRoute", Rules + "  - matches: [{queryParams: [{name: \"a b\", value: x}]}]\n", 7, 37, "spec.rules[0].matches[0].queryParams[0].name", "must be a name of 1 to 256")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: Redirect}]\n", 7, 22, "spec.rules[0].filters[0].type", "must be one of RequestHeaderModifier")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: URLRewrite}]\n", 7, 15, "spec.rules[0].filters[0].urlRewrite", "is required")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: URLRewrite, urlRewrite: {}, requestRedirect: {}}]\n", 7, 67, "spec.rules[0].filters[0].requestRedirect", "must not stand in a filter of the type URLRewrite")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: RequestRedirect, requestRedirect: {statusCode: 304}}]\n", 7, 69, "spec.rules[0].filters[0].requestRedirect.statusCode", "must be 301, 302, 303, 307 or 308")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: RequestRedirect, requestRedirect: {path: {type: ReplaceFullPath}}}]\n", 7, 57, "spec.rules[0].filters[0].requestRedirect.path.replaceFullPath", "is required")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: RequestRedirect, requestRedirect: {path: {type: ReplaceFullPath, replaceFullPath: \"/a\\r\\nb\"}}}]\n", 7, 104, "spec.rules[0].filters[0].requestRedirect.path.replaceFullPath", "without spaces and control characters")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: RequestRedirect, requestRedirect: {}}]\n" + Backend, 7, 14, "spec.rules[0].filters", "RequestRedirect must not stand in a rule with backendRefs")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: CORS, cors: {}}, {type: CORS, cors: {}}]\n", 7, 39, "spec.rules[0].filters[1]", "must not be repeated")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: URLRewrite, urlRewrite: {}}, {type: RequestRedirect, requestRedirect: {}}]\n", 7, 51, "spec.rules[0].filters[1]", "must not stand in the same list")]
    [InlineData("HTTPRoute", Rules + "  - matches: [{path: {type: Exact, value: /a}}]\n    filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}]\n", 8, 100, "spec.rules[0].filters[0].urlRewrite.path.replacePrefixMatch", "needs exactly one match")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: \"a:\", value: b}]}}]\n", 7, 82, "spec.rules[0].filters[0].requestHeaderModifier.set[0].name", "must be a name of 1 to 256")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: a, value: \"b\\nc\"}]}}]\n", 7, 92, "spec.rules[0].filters[0].requestHeaderModifier.set[0].value", "without control characters")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a}}}]\n", 7, 53, "spec.rules[0].filters[0].requestMirror.backendRef.port", "needs the Service's port")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: CORS, cors: {allowOrigins: [\"example.com\"]}}]\n", 7, 50, "spec.rules[0].filters[0].cors.allowOrigins[0]", "must be \"*\" or an origin")]
    [InlineData("HTTPRoute", Rules + "  - timeouts: {request: 10}\n", 7, 25, "spec.rules[0].timeouts.request", "must be a duration such as \"10s\"")]
    [InlineData("HTTPRoute", Rules + "  - timeouts: {request: 1s, backendRequest: 2s}\n", 7, 45, "spec.rules[0].timeouts.backendRequest", "must not be longer than the request timeout, 1s")]
    [InlineData("HTTPRoute", Rules + "  - timeouts: {request: 100000h}\n", 7, 25, "spec.rules[0].timeouts.request", "must be a duration such as \"10s\"")]
    [InlineData("HTTPRoute", Rules + "  - timeouts: {request: 1h1m1s1ms1ms}\n", 7, 25, "spec.rules[0].timeouts.request", "must be a duration such as \"10s\"")]
    [InlineData("HTTPRoute", Rules + "  - timeouts: {request: -1s}\n", 7, 25, "spec.rules[0].timeouts.request", "must be a duration such as \"10s\"")]
    [InlineData("HTTPRoute", Rules + "  - retry: {attempts: 0}\n", 7, 23, "spec.rules[0].retry.attempts", "must be a whole number of at least 1")]
    [InlineData("HTTPRoute", Rules + "  - retry: {codes: [500, 500]}\n", 7, 26, "spec.rules[0].retry.codes[1]", "must be unique")]
    [InlineData("HTTPRoute", Rules + "  - sessionPersistence: {type: Header, cookieConfig: {}}\n", 7, 54, "spec.rules[0].sessionPersistence.cookieConfig", "must not stand here when type is Header")]
    [InlineData("HTTPRoute", Rules + "  - sessionPersistence: {cookieConfig: {lifetimeType: Permanent}}\n", 7, 55, "spec.rules[0].sessionPersistence.cookieConfig.lifetimeType", "needs absoluteTimeout")]
    [InlineData("HTTPRoute", Rules + "  - sessionPersistence: {type: Ip}\n", 7, 32, "spec.rules[0].sessionPersistence.type", "must be one of Cookie, Header")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 1}, percent: 101}}]\n", 7, 94, "spec.rules[0].filters[0].requestMirror.percent", "must be a whole number from 0 to 100")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: CORS, cors: {allowOrigins: [\"*\", \"https://a.b\"]}}]\n", 7, 49, "spec.rules[0].filters[0].cors.allowOrigins", "must not have other items beside")]
    [InlineData("HTTPRoute", Rules + "  - filters: [{type: CORS, cors: {maxAge: 0}}]\n", 7, 43, "spec.rules[0].filters[0].cors.maxAge", "must be a whole number")]
    [InlineData("HTTPRoute", Rules + "  - retry: {codes: [500, 200]}\n", 7, 26, "spec.rules[0].retry.codes[1]", "must be a whole number from 400 to 599")]
    [InlineData("Service", "spec: {ports: []}\n", 5, 15, "spec.ports", "must have at least 1 item")]
    [InlineData("Service", "spec: {type: ExternalName}\n", 5, 1, "spec.externalName", "is required")]
    [InlineData("Service", "spec: {ports: [{port: 80}, {port: 81, name: b}]}\n", 5, 16, "spec.ports[0].name", "each of several ports needs a name")]
    [InlineData("Service", "spec: {ports: [{port: 80, targetPort: \"8080\"}]}\n", 5, 39, "spec.ports[0].targetPort", "a number from 1 to 65535 without quotes")]
    [InlineData("Service", "spec: {ports: [{port: 80, protocol: tcp}]}\n", 5, 37, "spec.ports[0].protocol", "must be TCP with this case")]
    [InlineData("EndpointSlice", "endpoints: []\n", 1, 1, "addressType", "is required")]
    [InlineData("EndpointSlice", "addressType: IPv4\nendpoints: [{addresses: [\"::1\"]}]\n", 6, 26, "endpoints[0].addresses[0]", "must be an IPv4 address")]
    [InlineData("EndpointSlice", "addressType: IPv4\nendpoints: [{addresses: [1.2.3]}]\n", 6, 26, "endpoints[0].addresses[0]", "must be an IPv4 address")]
    [InlineData("Endpoints", "subsets: [{addresses: [{ip: example.com}]}]\n", 5, 29, "subsets[0].addresses[0].ip", "must be an IP address")]
    [InlineData("DirectResponse", "spec: {status: 199}\n", 5, 16, "spec.status", "must be a whole number from 200 to 599, found the number 199")]
    [InlineData("ConfigMap", "data: {a: 1}\n", 5, 11, "data.a", "must be a string, found the number 1: put it in quotes, \"1\"")]
    [InlineData("ConfigMap", "data: {\"a b\": c}\n", 5, 15, "data[\"a b\"]", "the key must be 1 to 253")]
    [InlineData("Secret", "type: kubernetes.io/tls\ndata: {tls.crt: eA==}\n", 1, 1, "data[\"tls.key\"]", "is required")]
    public void Read_Mistake_IsReportedAtItsPlace(string kind, string spec, int line, int column, string field, string message)
    {
        var file = Reads.Read(Reads.Object(kind, spec));

        Assert.Empty(file.Objects);
        var finding = file.Diagnostics[0];
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal((field, line, column), (finding.Field, finding.Line, finding.Column));
        Assert.Equal((ManifestSeverity.Error, "test.yaml", kind), (finding.Severity, finding.File, finding.Kind));
        Assert.EndsWith("test", finding.Object, StringComparison.Ordinal);
        Assert.Equal(kind, Assert.Single(file.Failed).Kind);
    }

    [Theory]
    [InlineData("kind: Gateway\n", 1, 1, "apiVersion", "is required")]
    [InlineData("apiVersion: v1\nmetadata: {name: a}\n", 1, 1, "kind", "is required")]
    [InlineData("apiVersion: v1\nkind: Namespace\n", 1, 1, "metadata.name", "is required")]
    [InlineData("apiVersion: v1\nkind: Namespace\nmetadata: {generateName: a-}\n", 3, 1, "metadata.name", "is required")]
    [InlineData("apiVersion: v1\nkind: Namespace\nmetadata: {name: A}\n", 3, 18, "metadata.name", "must be a lower-case name")]
    [InlineData("apiVersion: v1\nkind: Service\nmetadata: {name: 1a}\nspec: {ports: [{port: 1}]}\n", 3, 18, "metadata.name", "starts with a letter")]
    [InlineData("apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {-a: b}}\n", 3, 34, "metadata.labels.-a", "the name must be")]
    [InlineData("apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: [b]}\n", 3, 29, "metadata.labels", "must be a mapping")]
    [InlineData("apiVersion: v1\nkind: Namespace\nmetadata: {name: a, creationTimestamp: today}\n", 3, 40, "metadata.creationTimestamp", "must be a time")]
    [InlineData("apiVersion: v2\nkind: Namespace\nmetadata: {name: a}\n", 1, 13, "apiVersion", "is read in the version v1, found \"v2\"")]
    [InlineData("- a\n", 1, 1, null, "must be a Kubernetes object")]
    [InlineData("just text\n", 1, 1, null, "must be a Kubernetes object")]
    public void Read_WrongObject_IsReportedAtItsPlace(string text, int line, int column, string? field, string message)
    {
        var file = Reads.Read(text);

        Assert.Empty(file.Objects);
        var finding = Assert.Single(file.Diagnostics);
        Assert.Equal(ManifestSeverity.Error, finding.Severity);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal((field, line, column), (finding.Field, finding.Line, finding.Column));
    }

    [Theory]
    [InlineData("Gateway", Listener + "    prot: HTTP\n", 11, 5, "spec.listeners[0].prot", "did you mean \"port\"?")]
    [InlineData("Gateway", Listener + "extra: 1\n", 11, 1, "extra", "known here: apiVersion, kind, metadata, spec, status")]
    [InlineData("HTTPRoute", Rules + "  - backendRef: []\n", 7, 5, "spec.rules[0].backendRef", "did you mean \"backendRefs\"?")]
    [InlineData("HTTPRoute", Rules + "  - name: a\n  - name: a\n", 8, 5, "spec.rules[1].name", "should be unique")]
    [InlineData("HTTPRoute", Rules + "  - matches: [{Path: {value: /}}]\n", 7, 16, "spec.rules[0].matches[0].Path", "did you mean \"path\"?")]
    [InlineData("Service", "spec: {ports: [{port: 80}], selectors: {a: b}}\n", 5, 29, "spec.selectors", "did you mean \"selector\"?")]
    [InlineData("EndpointSlice", "addressType: IPv4\nendpoints: [{addresses: [1.2.3.4], ready: true}]\n", 6, 36, "endpoints[0].ready", "unknown field, has no effect")]
    public void Read_UnknownField_IsWarnedOfAndTheObjectUsed(string kind, string spec, int line, int column, string field, string message)
    {
        var file = Reads.Read(Reads.Object(kind, spec));

        Assert.Single(file.Objects);
        var finding = Assert.Single(file.Diagnostics);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal((ManifestSeverity.Warning, field, line, column), (finding.Severity, finding.Field, finding.Line, finding.Column));
    }

    [Theory]
    [InlineData("apps/v1", "Deployment", ManifestSeverity.Info, "skipped: apps/v1 Deployment is not a kind that is read")]
    [InlineData("gateway.networking.k8s.io/v1", "HttpRoute", ManifestSeverity.Warning, "did you mean HTTPRoute?")]
    [InlineData("v1", "HTTPRoute", ManifestSeverity.Warning, "did you mean gateway.networking.k8s.io/v1?")]
    public void Read_UnknownKind_IsSkippedWithOneLine(string version, string kind, ManifestSeverity severity, string message)
    {
        var file = Reads.Read($"apiVersion: {version}\nkind: {kind}\nmetadata:\n  name: x\n  nonsense: true\nanything: goes\n");

        Assert.Empty(file.Objects);
        Assert.Empty(file.Failed);
        var finding = Assert.Single(file.Diagnostics);
        Assert.Equal((severity, kind, "x", 2), (finding.Severity, finding.Kind, finding.Object, finding.Line));
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralMistakes_ReportsAllOfThem()
    {
        var file = Reads.Read(Reads.Object("Gateway", "spec:\n  listeners:\n  - name: A\n    port: x\n    protocol: HTTP\n  - name: b\n    prot: 1\n"));

        Assert.Equal(
            ["spec.listeners[0].name", "spec.listeners[0].port", "spec.listeners[1].prot", "spec.listeners[1].port", "spec.listeners[1].protocol", "spec.gatewayClassName"],
            file.Diagnostics.Select(finding => finding.Field));
    }

    [Fact]
    public void Read_OneObjectWrong_ReturnsTheOthers()
    {
        var file = Reads.Read("apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n---\napiVersion: v1\nkind: Namespace\n---\n]\n---\napiVersion: v1\nkind: Namespace\nmetadata: {name: b}\n");

        Assert.Equal(["a", "b"], file.Objects.Select(value => value.Metadata.Name));
        Assert.Equal([5, 8], file.Diagnostics.Select(finding => finding.Line));
        Assert.True(file.IsBroken);
        Assert.Equal(10, file.Objects[1].Source!.Line);
    }

    [Fact]
    public void Read_SecretWithMistakes_TellsNoValue()
    {
        var file = Reads.Read(Reads.Object("Secret", """
            data:
              a: "s3cr3t!"
              b: [s3cr3t]
            stringData:
              c: 1234567
              d: {x: s3cr3t}
            """));

        Assert.Equal(4, file.Diagnostics.Count);
        Assert.DoesNotContain(file.Diagnostics, finding => finding.ToString().Contains("s3cr3t", StringComparison.Ordinal) || finding.ToString().Contains("1234567", StringComparison.Ordinal));
    }
}
