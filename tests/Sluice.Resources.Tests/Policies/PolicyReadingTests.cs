using Sluice.Resources.Kgateway;
using Sluice.Resources.Policies.Backends;
using Sluice.Resources.Policies.Extensions;
using Sluice.Resources.Policies.Foreign;
using Sluice.Resources.Policies.Listeners;
using Sluice.Resources.Tests.Reading;

namespace Sluice.Resources.Tests.Policies;

/// <summary>A manifest of each kind, as people write them.</summary>
public sealed class PolicyReadingTests
{
    private const string HttpSettings = """
        accessLog:
        - fileSink: {path: /dev/stdout, jsonFormat: {status: "%RESPONSE_CODE%", nested: {path: "%REQ(:PATH)%"}}}
          filter: {statusCodeFilter: {op: GE, value: 500}}
        tracing:
          provider: {openTelemetry: {grpcService: {backendRef: {name: collector, namespace: observe, port: 4317}}}}
          randomSampling: 5
          attributes: [{name: env, literal: {value: test}}]
        useRemoteAddress: false
        xffTrustedCIDRs: [10.0.0.0/8]
        upgradeConfig: {enabledUpgrades: [websocket]}
        healthCheck: {path: /healthz}
        idleTimeout: 10m
        http2ProtocolOptions: {initialStreamWindowSize: 1Mi, maxConcurrentStreams: 200}
        """;

    [Fact]
    public void Read_ListenerPolicy_HasItsValues()
    {
        var policy = Reads.One<ListenerPolicy>(Reads.Object("ListenerPolicy", $"""
            spec:
              targetRefs: [{Braces("group: gateway.networking.k8s.io, kind: Gateway, name: web")}]
              default:
                tcpKeepalive: {Braces("keepAliveProbes: 3, keepAliveTime: 60s")}
                perConnectionBufferLimitBytes: 65536
                httpSettings:
                  {Indented(HttpSettings, 6)}
              perPort:
              - port: 8443
                listener:
                  proxyProtocol: {Braces("")}
                  clientCertificateValidation: {Braces("mode: Optional, caCertificateRefs: [{name: ca, kind: ConfigMap}]")}

            """));

        Assert.Equal("web", Assert.Single(policy.TargetRefs).Name);
        Assert.Equal((3, TimeSpan.FromMinutes(1), 65536), (policy.Default!.TcpKeepalive!.KeepAliveProbes, policy.Default.TcpKeepalive.KeepAliveTime, policy.Default.PerConnectionBufferLimitBytes));
        CheckHttp(policy.Default.HttpSettings!);
        var port = Assert.Single(policy.PerPort);
        Assert.Equal(8443, port.Port);
        Assert.NotNull(port.Listener.ProxyProtocol);
        Assert.Equal("Optional", port.Listener.ClientCertificateValidation!.Mode);
        Assert.Equal(("", "ConfigMap", "ca"), port.Listener.ClientCertificateValidation.CaCertificateRefs.Select(reference => (reference.Group, reference.Kind, reference.Name)).Single());
    }

    [Fact]
    public void Read_HttpListenerPolicy_HasTheSameSettings()
    {
        var policy = Reads.One<HttpListenerPolicy>(Reads.Object("HTTPListenerPolicy", $"""
            spec:
              targetRefs: [{Braces("group: gateway.networking.k8s.io, kind: Gateway, name: web")}]
              {Indented(HttpSettings, 2)}

            """));

        Assert.Equal("web", Assert.Single(policy.TargetRefs).Name);
        Assert.Equal(["accessLog", "tracing", "useRemoteAddress", "xffTrustedCIDRs", "upgradeConfig", "healthCheck", "idleTimeout", "http2ProtocolOptions"], policy.Fields);
        CheckHttp(policy.Settings);
    }

    [Fact]
    public void Read_BackendConfigPolicy_HasItsValues()
    {
        var policy = Reads.One<BackendConfigPolicy>(Reads.Object("BackendConfigPolicy", """
            spec:
              targetRefs: [{group: "", kind: Service, name: cart}]
              connectTimeout: 2s
              tls: {secretRef: {name: client}, sni: cart.internal, parameters: {minVersion: "1.3"}, alpnProtocols: [h2]}
              loadBalancer:
                ringHash: {minimumRingSize: 1024, hashPolicies: [{cookie: {name: session, ttl: 0s}, terminal: true}, {sourceIP: {}}]}
                healthyPanicThreshold: 0
                zoneAware: {preferLocal: {force: {}}}
              healthCheck: {timeout: 1s, interval: 5s, unhealthyThreshold: 3, healthyThreshold: 2, http: {path: /ready}}
              outlierDetection: {consecutive5xx: 7}
              circuitBreakers: {maxRetries: 0}
              upstreamProxyProtocol: {}

            """));

        Assert.Equal(TimeSpan.FromSeconds(2), policy.ConnectTimeout);
        Assert.Equal(("client", "cart.internal", "1.3"), (policy.Tls!.SecretRef!.Name, policy.Tls.Sni, policy.Tls.Parameters!.MinVersion));
        Assert.Equal(["h2"], policy.Tls.AlpnProtocols);
        var hashes = policy.LoadBalancer!.RingHash!.HashPolicies;
        Assert.Equal((1024, "session", TimeSpan.Zero, true), (policy.LoadBalancer.RingHash.MinimumRingSize, hashes[0].Cookie!.Name, hashes[0].Cookie!.Ttl, hashes[0].Terminal));
        Assert.True(hashes[1].IsSourceIp);
        Assert.Equal((0, TimeSpan.FromSeconds(1)), (policy.LoadBalancer.HealthyPanicThreshold, policy.LoadBalancer.UpdateMergeWindow));
        var zones = policy.LoadBalancer.ZoneAware!.PreferLocal!;
        Assert.Equal((1, 6, 100), (zones.Force!.MinEndpointsInZoneThreshold, zones.MinEndpointsThreshold, zones.RoutingEnabled));
        Assert.Equal(("/ready", "GET", 3, 2), (policy.HealthCheck!.Http!.Path, policy.HealthCheck.Http.Method, policy.HealthCheck.UnhealthyThreshold, policy.HealthCheck.HealthyThreshold));
        Assert.Equal((7, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30), 10), (policy.OutlierDetection!.Consecutive5xx, policy.OutlierDetection.Interval, policy.OutlierDetection.BaseEjectionTime, policy.OutlierDetection.MaxEjectionPercent));
        Assert.Equal((0, null), (policy.CircuitBreakers!.MaxRetries, policy.CircuitBreakers.MaxConnections));
        Assert.Equal("V1", policy.UpstreamProxyProtocol!.Version);
    }

    [Fact]
    public void Read_Backends_HaveTheirValues()
    {
        var hosts = Reads.One<Backend>(Reads.Object("Backend", "spec: {type: Static, static: {hosts: [{host: api.example.com, port: 443}, {host: 192.0.2.9, port: 80}], appProtocol: http2}}\n")).Static!;
        var lambda = Reads.One<Backend>(Reads.Object("Backend", "spec: {aws: {region: eu-west-1, auth: {type: AssumeRole, assumeRole: {roleArn: \"arn:aws:iam::123456789012:role/edge\"}}, lambda: {functionName: f}}}\n")).Aws!;
        var groups = Reads.One<Backend>(Reads.Object("Backend", "spec: {priorityGroups: [{backendRefs: [{name: a}, {name: b}]}, {backendRefs: [{name: c}]}]}\n")).PriorityGroups;

        Assert.Equal([("api.example.com", 443), ("192.0.2.9", 80)], hosts.Hosts.Select(host => (host.Host, host.Port)));
        Assert.Equal("http2", hosts.AppProtocol);
        Assert.Equal(("eu-west-1", "arn:aws:iam::123456789012:role/edge", "$LATEST", "Sync", "Envoy"), (lambda.Region, lambda.Auth!.AssumeRole!.RoleArn, lambda.Lambda!.Qualifier, lambda.Lambda.InvocationMode, lambda.Lambda.PayloadTransformMode));
        Assert.Equal(["a b", "c"], groups.Select(group => string.Join(' ', group.BackendRefs.Select(backend => backend.Name))));
    }

    [Fact]
    public void Read_GatewayExtensions_HaveTheirValues()
    {
        var login = Reads.One<GatewayExtension>(Reads.Object("GatewayExtension", """
            spec:
              jwt:
                providers:
                - name: company
                  issuer: https://login.example.com
                  audiences: [shop]
                  tokenSource: {header: {header: X-Token, prefix: "Token "}}
                  jwks: {remote: {url: "https://login.example.com/keys", backendRef: {kind: Backend, group: gateway.kgateway.dev, name: login}}}

            """)).Jwt!;
        var auth = Reads.One<GatewayExtension>(Reads.Object("GatewayExtension", "spec: {extAuth: {httpService: {backendRef: {name: auth, port: 8080}, authorizationRequest: {headersToAdd: {X-Path: \"%REQ(:PATH)%\"}}}}}\n")).ExtAuth!;

        Assert.Equal("Strict", login.ValidationMode);
        var provider = Assert.Single(login.Providers);
        Assert.Equal(("company", "https://login.example.com", "X-Token", "Token "), (provider.Name, provider.Issuer, provider.TokenSource!.Header!.Header, provider.TokenSource.Header.Prefix));
        Assert.Equal(("https://login.example.com/keys", "login", TimeSpan.FromMinutes(5)), (provider.Jwks.Remote!.Url, provider.Jwks.Remote.BackendRef.Name, provider.Jwks.Remote.CacheDuration));
        Assert.Equal((false, 403, "auth", 8080), (auth.FailOpen, auth.StatusOnError, auth.HttpService!.BackendRef.Name, auth.HttpService.BackendRef.Port));
        Assert.Equal("%REQ(:PATH)%", auth.HttpService.AuthorizationRequest!.HeadersToAdd["X-Path"]);
    }

    [Fact]
    public void Read_DirectResponse_HasItsBodyFormat()
    {
        var response = Reads.One<DirectResponse>(Reads.Object("DirectResponse", "spec: {status: 503, bodyFormat: {json: {code: \"%RESPONSE_CODE%\"}, contentType: application/problem+json}}\n"));

        Assert.Null(response.Body);
        Assert.Equal("""{"code":"%RESPONSE_CODE%"}""", response.BodyFormat!.Json!.Value.GetRawText());
        Assert.Equal("application/problem+json", response.BodyFormat.ContentType);
    }

    [Fact]
    public void Read_KindsOfOthers_HaveTheirValues()
    {
        var limit = Reads.One<RateLimitFilter>(Reads.Object("RateLimitFilter", "spec: {type: Global, global: {rules: [{clientSelectors: [{headers: [{name: X-Plan, value: gold}]}], limit: {requests: 500, unit: Minute}}, {clientSelectors: [], limit: {requests: 5, unit: Second}}]}}\n"));
        var auth = Reads.One<AuthConfig>(Reads.Object("AuthConfig", "spec: {configs: [{oauth2: {accessTokenValidation: {jwt: {remoteJwks: {url: \"https://id.example.com/keys\"}}}}}, {opaAuth: {modules: [a]}}]}\n"));
        var proxy = Reads.One<DynamicForwardProxy>(Reads.Object("DynamicForwardProxy", "spec: {allowedHosts: [api.example.com, \"*.example.org\"], dnsCache: {maxHosts: 10}}\n"));
        var gateway = Reads.One<AiGateway>(Reads.Object("AIGateway", "spec: {providers: [{name: local, type: Ollama, endpoint: \"http://models.example:11434\"}]}\n"));
        var guard = Reads.One<PromptGuard>(Reads.Object("PromptGuard", "spec: {rules: [{type: BlockList, patterns: [internal]}, {type: RateLimiting, requests: 10, unit: Hour, per: User}]}\n"));

        Assert.Equal([(1, 500, "Minute"), (0, 5, "Second")], limit.Rules.Select(rule => (rule.ClientSelectors.Count, rule.Limit.Requests, rule.Limit.Unit)));
        Assert.Equal(("X-Plan", "gold"), limit.Rules[0].ClientSelectors[0].Headers.Select(header => (header.Name, header.Value)).Single());
        Assert.Equal([("oauth2", "https://id.example.com/keys"), ("opaAuth", null)], auth.Configs.Select(step => (step.Type, step.JwksUrl)));
        Assert.Equal(["api.example.com", "*.example.org"], proxy.AllowedHosts);
        Assert.Equal((TimeSpan.FromSeconds(60), 10), (proxy.DnsRefreshRate, proxy.MaxHosts));
        Assert.Equal("""{"providers":[{"name":"local","type":"Ollama","endpoint":"http://models.example:11434"}]}""", gateway.Spec.GetRawText());
        Assert.Equal(["BlockList", "RateLimiting"], guard.Rules.Select(rule => rule.GetProperty("type").GetString()));
    }

    private static void CheckHttp(HttpSettings settings)
    {
        var log = Assert.Single(settings.AccessLog);
        Assert.Equal("/dev/stdout", log.FileSink!.Path);
        Assert.Equal("""{"status":"%RESPONSE_CODE%","nested":{"path":"%REQ(:PATH)%"}}""", log.FileSink.JsonFormat!.Value.GetRawText());
        Assert.Equal(("GE", 500), (log.Filter!.StatusCodeFilter!.Op, log.Filter.StatusCodeFilter.Value));
        var collector = settings.Tracing!.Provider.OpenTelemetry.GrpcService.BackendRef;
        Assert.Equal(("", "Service", "collector", "observe", 4317), (collector.Group, collector.Kind, collector.Name, collector.Namespace, collector.Port));
        Assert.Equal((100, 5, 100, 256), (settings.Tracing.ClientSampling, settings.Tracing.RandomSampling, settings.Tracing.OverallSampling, settings.Tracing.MaxPathTagLength));
        Assert.Equal(("env", "test"), settings.Tracing.Attributes.Select(attribute => (attribute.Name, attribute.Literal!.Value)).Single());
        Assert.False(settings.UseRemoteAddress);
        Assert.Equal(["10.0.0.0/8"], settings.XffTrustedCidrs);
        Assert.Equal(["websocket"], settings.UpgradeConfig!.EnabledUpgrades);
        Assert.Equal(("/healthz", TimeSpan.FromMinutes(10), null), (settings.HealthCheck!.Path, settings.IdleTimeout, settings.StreamIdleTimeout));
        Assert.Equal((1 << 20, 200), (settings.Http2ProtocolOptions!.InitialStreamWindowSize, settings.Http2ProtocolOptions.MaxConcurrentStreams));
        Assert.Equal((100, 60, "Overwrite", true), (settings.MaxHeadersCount, settings.MaxRequestHeadersKb, settings.ServerHeaderTransformation, settings.GenerateRequestId));
    }

    private static string Braces(string fields) => $"{{{fields}}}";

    private static string Indented(string text, int spaces) => text.ReplaceLineEndings("\n" + new string(' ', spaces));
}
