using System.Text.Json;
using Sluice.Resources.Kgateway;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

public sealed class GatewayParametersReadingTests
{
    [Fact]
    public void Read_Kube_GivesItsFields()
    {
        var kube = Kube("""
                deployment: {replicas: 2, strategy: {type: Recreate}}
                envoyContainer:
                  image: {registry: r, repository: p, tag: "1", digest: "sha256:0", pullPolicy: Always}
                  securityContext: {runAsUser: 7}
                  resources: {limits: {cpu: 1.5}}
                  env: [{name: A, value: "yes"}]
                  extraVolumeMounts: [{name: v, mountPath: /v}]
                  extraArgs: [--concurrency=3]
                podTemplate:
                  extraLabels: {a: b}
                  extraAnnotations: {c: d}
                  nodeSelector: {e: f}
                  tolerations: [{operator: Exists}]
                  gracefulShutdown: {enabled: false, sleepTimeSeconds: 4}
                  terminationGracePeriodSeconds: 9
                  readinessProbe: {periodSeconds: 1}
                  priorityClassName: high
                service:
                  type: NodePort
                  clusterIP: 10.0.0.1
                  ports: [{port: 80, nodePort: 30080}, {port: 81}]
                  externalTrafficPolicy: Local
                  loadBalancerClass: example.com/lb
                  loadBalancerSourceRanges: [10.0.0.0/8, "fd00::/8"]
                serviceAccount: {extraLabels: {g: h}}
                stats: {enabled: false}
                omitDefaultSecurityContext: true
                floatingUserId: true
            """);

        Assert.Equal((2, "Recreate"), (kube.Deployment!.Replicas, kube.Deployment.Strategy!.Value.GetProperty("type").GetString()));
        Assert.Equal(new ImageParameters("r", "p", "1", "sha256:0", "Always"), kube.Container.Image);
        Assert.Equal("r/p:1@sha256:0", kube.Container.Image.ToString());
        Assert.Equal(7, kube.Container.SecurityContext!.Value.GetProperty("runAsUser").GetInt32());
        Assert.Equal("""{"limits":{"cpu":1.5}}""", kube.Container.Resources!.Value.GetRawText());
        Assert.Equal("""[{"name":"A","value":"yes"}]""", kube.Container.Env!.Value.GetRawText());
        Assert.Equal(3, kube.Container.Workers);
        Assert.Equal(("b", "d", "f"), (kube.Pod.Metadata.Labels["a"], kube.Pod.Metadata.Annotations["c"], kube.Pod.NodeSelector["e"]));
        Assert.Equal((false, 4, 9, "high"), (kube.Pod.IsShutdownGraceful, kube.Pod.ShutdownSleepSeconds, kube.Pod.TerminationGracePeriodSeconds, kube.Pod.PriorityClassName));
        Assert.Equal(("NodePort", "10.0.0.1", "Local", "example.com/lb"), (kube.Service.Type, kube.Service.ClusterIP, kube.Service.ExternalTrafficPolicy, kube.Service.LoadBalancerClass));
        Assert.Equal(["10.0.0.0/8", "fd00::/8"], kube.Service.LoadBalancerSourceRanges);
        Assert.Equal(30080, Assert.Single(kube.Service.NodePorts!).Value);
        Assert.Equal("h", kube.ServiceAccount.Labels["g"]);
        Assert.Equal((false, true, true), (kube.IsScraped, kube.OmitDefaultSecurityContext, kube.FloatingUserId));
    }

    [Fact]
    public void Read_Overlay_KeepsNullsAndDirectives()
    {
        var overlay = Assert.Single(Kube("""
                deploymentOverlay:
                  metadata: {labels: {a: null}}
                  spec: {template: {spec: {containers: [{name: proxy, $patch: delete}], priority: ~}}}
            """).Overlays.Deployment);

        Assert.Equal("""{"metadata":{"labels":{"a":null}},"spec":{"template":{"spec":{"containers":[{"name":"proxy","$patch":"delete"}],"priority":null}}}}""", overlay.Patch.GetRawText());
        Assert.Equal("GatewayParameters default/test: spec.kube.deploymentOverlay", overlay.Origin);
    }

    [Fact]
    public void Read_SelfManaged_HasNoKube()
    {
        var parameters = Reads.One<GatewayParameters>(Reads.Object("GatewayParameters", "spec: {selfManaged: {}}\n"));

        Assert.True(parameters.IsSelfManaged);
        Assert.Null(parameters.Kube);
    }

    [Theory]
    [InlineData("spec: {}", "spec", "must have exactly one of kube and selfManaged")]
    [InlineData("spec: {kube: {}, selfManaged: {}}", "spec", "must have exactly one of kube and selfManaged")]
    [InlineData("spec: {kube: {deployment: {}, daemonSet: {}}}", "spec.kube", "at most one of deployment and daemonSet")]
    [InlineData("spec: {kube: {service: {type: ExternalName}}}", "spec.kube.service.type", "does not lead to pods")]
    [InlineData("spec: {kube: {service: {clusterIP: x}}}", "spec.kube.service.clusterIP", "must be an IP address or None")]
    [InlineData("spec: {kube: {service: {loadBalancerSourceRanges: [10.0.0.1/x]}}}", "spec.kube.service.loadBalancerSourceRanges[0]", "must be a range of addresses")]
    [InlineData("spec: {kube: {service: {ports: [{nodePort: 30000}]}}}", "spec.kube.service.ports[0].port", "is required")]
    [InlineData("spec: {kube: {service: {ports: [{port: 1, nodePort: 30000}, {port: 1, nodePort: 30001}]}}}", "spec.kube.service.ports[1]", "port 1 stands here twice")]
    [InlineData("spec: {kube: {envoyContainer: {env: [{name: A, value: 8080}]}}}", "spec.kube.envoyContainer.env[0].value", "must be a string")]
    [InlineData("spec: {kube: {envoyContainer: {env: [{value: a}]}}}", "spec.kube.envoyContainer.env[0].name", "is required")]
    [InlineData("spec: {kube: {envoyContainer: {extraArgs: [--concurrency, many]}}}", "spec.kube.envoyContainer.extraArgs[1]", "a number of threads from 1 to 1024")]
    [InlineData("spec: {kube: {envoyContainer: {extraArgs: [--metrics-detail=all]}}}", "spec.kube.envoyContainer.extraArgs[0]", "off, listener or route")]
    [InlineData("spec: {kube: {envoyContainer: {extraArgs: [--explain-token-file, token]}}}", "spec.kube.envoyContainer.extraArgs[1]", "the absolute path of a file")]
    [InlineData("spec: {kube: {envoyContainer: {securityContext: {runAsUser: 010}}}}", "spec.kube.envoyContainer.securityContext.runAsUser", "must be a decimal number")]
    [InlineData("spec: {kube: {podTemplate: {tolerations: {key: a}}}}", "spec.kube.podTemplate.tolerations", "must be a list")]
    [InlineData("spec: {kube: {podTemplate: {extraLabels: {a: \"b c\"}}}}", "spec.kube.podTemplate.extraLabels.a", "must be at most 63")]
    [InlineData("spec: {kube: {deploymentOverlay: {spec: {template: {spec: {containers: [{image: x}]}}}}}}", "spec.kube.deploymentOverlay", "is no strategic merge patch of a Deployment: spec.template.spec.containers: every item must have name")]
    public void Read_Mistake_IsAnError(string spec, string field, string message)
    {
        var file = Reads.Read(Reads.Object("GatewayParameters", spec + "\n"));

        var error = Assert.Single(file.Diagnostics, diagnostic => diagnostic.Severity == ManifestSeverity.Error);
        Assert.Equal(field, error.Field);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(file.Objects);
    }

    [Theory]
    [InlineData("spec: {kube: {envoyContainer: {image: {registry: r, repository: kgateway-dev/envoy-wrapper, tag: v2}}}}", "spec.kube.envoyContainer.image", "has no effect but for pullPolicy")]
    [InlineData("spec: {kube: {podTemplate: {securityContext: {runAsRoot: true}}}}", "spec.kube.podTemplate.securityContext.runAsRoot", "unknown field, has no effect")]
    [InlineData("spec: {kube: {sdsContainer: {}}}", "spec.kube.sdsContainer", "has no effect")]
    [InlineData("spec: {kube: {replicas: 1}}", "spec.kube.replicas", "unknown field")]
    [InlineData("spec: {kube: {deploymentOverlay: {metadata: {name: x}}}}", "spec.kube.deploymentOverlay.metadata.name", "unknown field, has no effect; known here: labels, annotations")]
    [InlineData("spec: {kube: {deploymentOverlay: {kind: x}}}", "spec.kube.deploymentOverlay.kind", "unknown field, has no effect; known here: metadata, spec")]
    [InlineData("spec: {kube: {serviceAccountOverlay: {spec: {}}}}", "spec.kube.serviceAccountOverlay.spec", "a ServiceAccount has no spec")]
    public void Read_WithoutEffect_IsAWarning(string spec, string field, string message)
    {
        var file = Reads.Read(Reads.Object("GatewayParameters", spec + "\n"));

        var warning = Assert.Single(file.Diagnostics);
        Assert.Equal((ManifestSeverity.Warning, field), (warning.Severity, warning.Field));
        Assert.Contains(message, warning.Message, StringComparison.Ordinal);
        Assert.Null(Assert.IsType<GatewayParameters>(Assert.Single(file.Objects)).Kube!.Container.Image.Registry);
    }

    [Fact]
    public void Over_MergesFieldByField()
    {
        var below = Kube("""
                deployment: {replicas: 2}
                envoyContainer: {image: {registry: r, tag: "1"}, resources: {requests: {cpu: 1, memory: 1Gi}}}
                podTemplate: {tolerations: [{key: below}], affinity: {nodeAffinity: {}}, extraLabels: {a: below, b: below}}
                serviceOverlay: {spec: {a: 1}}
            """);
        var above = Kube("""
                daemonSet: {}
                envoyContainer: {image: {tag: "2"}, resources: {requests: {cpu: 2}}}
                podTemplate: {tolerations: [{key: above}], extraLabels: {b: above}}
                serviceOverlay: {spec: {a: 2}}
            """);

        var merged = above.Over(below);

        Assert.Null(merged.Deployment);
        Assert.NotNull(merged.DaemonSet);
        Assert.Equal(new ImageParameters("r", null, "2"), merged.Container.Image);
        Assert.Equal("""{"requests":{"cpu":2,"memory":"1Gi"}}""", merged.Container.Resources!.Value.GetRawText());
        Assert.Equal("""[{"key":"above"}]""", merged.Pod.Tolerations!.Value.GetRawText());
        Assert.Equal(JsonValueKind.Object, merged.Pod.Affinity!.Value.ValueKind);
        Assert.Equal(("below", "above"), (merged.Pod.Metadata.Labels["a"], merged.Pod.Metadata.Labels["b"]));
        Assert.Equal([1, 2], merged.Overlays.Service.Select(overlay => overlay.Patch.GetProperty("spec").GetProperty("a").GetInt32()));
    }

    private static KubeParameters Kube(string fields) =>
        Reads.One<GatewayParameters>(Reads.Object("GatewayParameters", $"spec:\n  kube:\n{fields}\n")).Kube!;
}
