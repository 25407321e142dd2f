using Sluice.Resources.Reading;
using Sluice.Resources.Tests.Reading;

namespace Sluice.Resources.Tests.Policies;

/// <summary>Mistakes in policies are reported where they stand, with what would be right.</summary>
public sealed class PolicyMistakeTests
{
    [Theory]
    [InlineData("TrafficPolicy", "spec: {rateLimit: {local: {tokenBucket: {maxTokens: 1, fillInterval: 10ms}}}}\n", 5, 70, "spec.rateLimit.local.tokenBucket.fillInterval", "must be a duration of at least 50ms, such as \"10s\" (units h, m, s, ms), found \"10ms\"")]
    [InlineData("TrafficPolicy", "spec: {timeouts: {request: 10}}\n", 5, 28, "spec.timeouts.request", "must be a duration such as \"10s\", \"1m30s\" or \"500ms\" (units h, m, s, ms), found the number 10")]
    [InlineData("TrafficPolicy", "spec: {buffer: {maxRequestSize: 1X}}\n", 5, 33, "spec.buffer.maxRequestSize", "must be a quantity of bytes from 1 to 4294967296")]
    [InlineData("TrafficPolicy", "spec: {buffer: {}}\n", 5, 16, "spec.buffer", "must have exactly one of maxRequestSize and disable")]
    [InlineData("TrafficPolicy", "spec: {acl: {defaultAction: Deny}}\n", 5, 29, "spec.acl.defaultAction", "must be deny with this case")]
    [InlineData("TrafficPolicy", "spec: {acl: {defaultAction: deny, rules: [{cidrs: [10.0.0.1/33], action: allow}]}}\n", 5, 52, "spec.acl.rules[0].cidrs[0]", "must be an address range such as")]
    [InlineData("TrafficPolicy", "spec: {csrf: {percentageEnabled: 1, percentageShadowed: 2}}\n", 5, 14, "spec.csrf", "must have at most one of percentageEnabled and percentageShadowed")]
    [InlineData("TrafficPolicy", "spec: {retry: {}}\n", 5, 15, "spec.retry", "must have at least one of retryOn and statusCodes")]
    [InlineData("TrafficPolicy", "spec: {retry: {statusCodes: [500], perTryTimeout: 5s}, timeouts: {request: 5s}}\n", 5, 7, "spec", "must have a retry.perTryTimeout that is shorter than timeouts.request")]
    [InlineData("TrafficPolicy", "spec: {rateLimit: {global: {extensionRef: {name: a}, descriptors: [{entries: [{type: Header}]}]}}}\n", 5, 79, "spec.rateLimit.global.descriptors[0].entries[0]", "must have header when type is Header, and only then")]
    [InlineData("TrafficPolicy", "spec: {autoHostRewrite: true, targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: a}]}\n", 5, 7, "spec", "must not have autoHostRewrite when it is for others than HTTPRoutes")]
    [InlineData("TrafficPolicy", "spec: {targetRefs: [{group: \"\", kind: Service, name: a}]}\n", 5, 21, "spec.targetRefs[0]", "must name one of gateway.networking.k8s.io/Gateway")]
    [InlineData("TrafficPolicy", "spec: {targetRefs: []}\n", 5, 20, "spec.targetRefs", "must have at least 1 item")]
    [InlineData("TrafficPolicy", "spec: {transformation: {request: {set: [{name: a, value: b}, {name: a, value: c}]}}}\n", 5, 69, "spec.transformation.request.set[1].name", "must be unique in this list")]
    [InlineData("TrafficPolicy", "spec: {rbac: {}}\n", 5, 8, "spec.rbac.policy", "is required: the expressions")]
    [InlineData("ListenerPolicy", "spec: {perPort: [{port: 80, listener: {}}, {port: 80, listener: {}}]}\n", 5, 51, "spec.perPort[1].port", "must be unique in this list")]
    [InlineData("ListenerPolicy", "spec: {default: {httpSettings: {xffTrustedCIDRs: [10.0.0.0/8]}}}\n", 5, 32, "spec.default.httpSettings", "must have useRemoteAddress: false beside xffTrustedCIDRs")]
    [InlineData("ListenerPolicy", "spec: {default: {httpSettings: {accessLog: [{fileSink: {path: a, stringFormat: b, jsonFormat: {}}}]}}}\n", 5, 56, "spec.default.httpSettings.accessLog[0].fileSink", "must have at most one of stringFormat and jsonFormat")]
    [InlineData("BackendConfigPolicy", "spec: {dns: {refreshRate: 1s, jitter: 2s}}\n", 5, 13, "spec.dns", "must have a jitter that is not longer than refreshRate")]
    [InlineData("BackendConfigPolicy", "spec: {loadBalancer: {ringHash: {minimumRingSize: 9, maximumRingSize: 8}}}\n", 5, 33, "spec.loadBalancer.ringHash", "must have a minimumRingSize that is not larger than maximumRingSize")]
    [InlineData("BackendConfigPolicy", "spec: {tls: {sni: a.example}}\n", 5, 13, "spec.tls", "must have exactly one of secretRef, files, wellKnownCACertificates and insecureSkipVerify")]
    [InlineData("BackendConfigPolicy", "spec: {loadBalancer: {roundRobin: {slowStart: {aggression: \"0\"}}}}\n", 5, 60, "spec.loadBalancer.roundRobin.slowStart.aggression", "must be a number above 0 in quotes")]
    [InlineData("Backend", "spec: {static: {hosts: [{host: \"https://a.example\", port: 1}]}}\n", 5, 32, "spec.static.hosts[0].host", "must be a DNS name such as \"api.example.com\" or an IP address")]
    [InlineData("Backend", "spec: {type: Static}\n", 5, 7, "spec", "must have exactly one of static, dynamicForwardProxy, aws, gcp, priorityGroups, ai and mcp")]
    [InlineData("GatewayExtension", "spec: {extProc: {grpcService: {backendRef: {name: a}}}}\n", 5, 44, "spec.extProc.grpcService.backendRef", "must have a port: a reference to a Service needs the Service's port")]
    [InlineData("GatewayExtension", "spec: {oauth2: {backendRef: {name: a, port: 1}, credentials: {clientID: a, clientSecretRef: {name: b}}}}\n", 5, 16, "spec.oauth2", "must have issuerURI, or authorizationEndpoint and tokenEndpoint")]
    [InlineData("DirectResponse", "spec: {status: 200, body: a, bodyFormat: {text: b}}\n", 5, 7, "spec", "must have at most one of body and bodyFormat")]
    [InlineData("DynamicForwardProxy", "spec: {allowedHosts: [\"a.*.example\"]}\n", 5, 23, "spec.allowedHosts[0]", "must be a DNS name such as \"api.example.com\" or \"*.example.com\"")]
    [InlineData("RateLimitFilter", "spec: {type: Global}\n", 5, 1, "spec.global", "is required: the limits")]
    public void Read_Mistake_IsReportedAtItsPlace(string kind, string spec, int line, int column, string field, string message)
    {
        var file = Reads.Read(Reads.Object(kind, spec));

        var finding = Assert.Single(file.Diagnostics);
        Assert.Equal((ManifestSeverity.Error, kind, "default/test"), (finding.Severity, finding.Kind, finding.Object));
        Assert.Equal((line, column, field), (finding.Line, finding.Column, finding.Field));
        Assert.StartsWith(message, finding.Message, StringComparison.Ordinal);
        Assert.Empty(file.Objects);
    }

    [Fact]
    public void Read_UnknownField_IsReportedAndHasNoEffect()
    {
        var file = Reads.Read(Reads.Object("TrafficPolicy", "spec: {timeouts: {requests: 1s}, rateLimits: {}}\n"));

        Assert.Equal(["spec.timeouts.requests", "spec.rateLimits"], file.Diagnostics.Select(finding => finding.Field));
        Assert.All(file.Diagnostics, finding => Assert.Equal(ManifestSeverity.Warning, finding.Severity));
        Assert.EndsWith("did you mean \"request\"?", file.Diagnostics[0].Message, StringComparison.Ordinal);
        Assert.Single(file.Objects);
    }

    /// <summary>Lines of htpasswd stay out of messages.</summary>
    [Fact]
    public void Read_WrongUsers_AreNotShown()
    {
        var file = Reads.Read(Reads.Object("TrafficPolicy", "spec: {basicAuth: {users: [{secret: hunter2}, 123456, \"\"]}}\n"));

        Assert.Equal(3, file.Diagnostics.Count);
        Assert.All(file.Diagnostics, finding => Assert.DoesNotMatch("hunter2|123456", finding.ToString()));
    }
}
