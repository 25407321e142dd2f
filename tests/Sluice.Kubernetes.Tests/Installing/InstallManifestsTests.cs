using System.Net;
using System.Text.Json.Nodes;
using Sluice.Kubernetes.Installing;

namespace Sluice.Kubernetes.Tests.Installing;

public sealed class InstallManifestsTests
{
    private static readonly InstallOptions Defaults = new() { Image = "sluice:1", Version = "1.0.0" };

    [Fact]
    public void Create_Pods_SatisfyTheRestrictedStandard()
    {
        var pod = Pod(Defaults);

        Assert.Empty(RestrictedStandard.Violations(pod));
        Assert.Equal("restricted", Only(Defaults, "Namespace")["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"]!.GetValue<string>());
    }

    [Fact]
    public void Create_ForTheHost_AsksForNothingBesidesItsNetworkAndItsPorts()
    {
        var options = Defaults with { Infrastructure = InfrastructureKind.Host, Replicas = 1, AddressPool = IPNetwork.Parse("192.0.2.0/28") };

        var violations = RestrictedStandard.Violations(Pod(options));

        Assert.Equal(["capabilities.add", "hostNetwork", "runAsNonRoot", "runAsUser"], violations);
        Assert.Equal(["hostNetwork", "runAsNonRoot", "runAsUser"], RestrictedStandard.Violations(Pod(options with { AddressPool = null })));
        Assert.Equal("privileged", Only(options, "Namespace")["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"]!.GetValue<string>());
        Assert.Contains("192.0.2.0/28", Arguments(options));
    }

    [Fact]
    public void Create_ForTheHost_HasNothingForProxies()
    {
        var kinds = InstallManifests.Create(Defaults with { Infrastructure = InfrastructureKind.Host, Replicas = 1 }).Select(Kind).ToList();

        Assert.DoesNotContain("Service", kinds);
        Assert.DoesNotContain("NetworkPolicy", kinds);
        Assert.DoesNotContain("PodDisruptionBudget", kinds);
        Assert.DoesNotContain("Role", kinds);
    }

    /// <summary>The admin endpoint shows configurations to whoever asks.</summary>
    [Theory]
    [InlineData(InfrastructureKind.Kubernetes)]
    [InlineData(InfrastructureKind.Host)]
    public void Create_AdminEndpoint_IsForThePodAlone(InfrastructureKind infrastructure)
    {
        var options = Defaults with { Infrastructure = infrastructure, Replicas = 1 };
        var arguments = Arguments(options).ToList();

        Assert.Equal("127.0.0.1:19000", arguments[arguments.IndexOf("--admin") + 1]);
        Assert.Equal("0.0.0.0:19001", arguments[arguments.IndexOf("--probes") + 1]);
        Assert.DoesNotContain("19000", Pod(options)["containers"]![0]!["ports"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Create_Selectors_FindTheControllersPods()
    {
        var labels = Only(Defaults, "Deployment")["spec"]!["template"]!["metadata"]!["labels"]!.AsObject();
        JsonNode[] selectors =
        [
            Only(Defaults, "Deployment")["spec"]!["selector"]!["matchLabels"]!,
            Only(Defaults, "Service")["spec"]!["selector"]!,
            Only(Defaults, "NetworkPolicy")["spec"]!["podSelector"]!["matchLabels"]!,
            Only(Defaults, "PodDisruptionBudget")["spec"]!["selector"]!["matchLabels"]!,
        ];

        Assert.All(selectors, selector => Assert.All(selector.AsObject(), label => Assert.Equal(label.Value!.GetValue<string>(), labels[label.Key]!.GetValue<string>())));
    }

    [Fact]
    public void Create_NamedPorts_ArePortsOfTheContainer()
    {
        var names = Pod(Defaults)["containers"]![0]!["ports"]!.AsArray().Select(port => port!["name"]!.GetValue<string>()).ToList();
        var container = Pod(Defaults)["containers"]![0]!;
        var service = Only(Defaults, "Service")["spec"]!["ports"]![0]!;
        var policies = Only(Defaults, "NetworkPolicy")["spec"]!["ingress"]!.AsArray().Select(rule => rule!["ports"]![0]!["port"]!.GetValue<string>());

        Assert.All([container["readinessProbe"]!["httpGet"]!["port"]!.GetValue<string>(), container["livenessProbe"]!["httpGet"]!["port"]!.GetValue<string>(), service["targetPort"]!.GetValue<string>(), .. policies], port => Assert.Contains(port, names));
    }

    [Fact]
    public void Create_InAnotherNamespace_HasEverythingThere()
    {
        var manifests = InstallManifests.Create(Defaults with { Namespace = "edge" });

        Assert.All(manifests, manifest => Assert.Contains(manifest["metadata"]!["namespace"]?.GetValue<string>(), (string?[])[null, "edge"]));
        Assert.Equal("edge", manifests[0]["metadata"]!["name"]!.GetValue<string>());
        Assert.All(manifests.Where(manifest => Kind(manifest).EndsWith("Binding", StringComparison.Ordinal)), binding => Assert.Equal("edge", binding["subjects"]![0]!["namespace"]!.GetValue<string>()));
    }

    [Fact]
    public void Create_OneReplica_HasNoBudgetThatCouldNeverBeMet() =>
        Assert.DoesNotContain(InstallManifests.Create(Defaults with { Replicas = 1 }), manifest => Kind(manifest) == "PodDisruptionBudget");

    [Fact]
    public void Create_Exporter_ReadsAndNothingElse()
    {
        var manifests = InstallManifests.Create(Defaults with { Exporter = ExporterPart.Only, ExporterShowsKuadrant = true, WithServiceMonitor = true });

        Assert.Equal(["Namespace", "ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Service", "NetworkPolicy", "Deployment", "ServiceMonitor"], manifests.Select(Kind));
        Assert.All(manifests[2]["rules"]!.AsArray(), rule => Assert.Equal(["list", "watch"], rule!["verbs"]!.AsArray().Select(verb => verb!.GetValue<string>())));
        Assert.Empty(RestrictedStandard.Violations(manifests[6]["spec"]!["template"]!["spec"]!.AsObject()));
        Assert.True(manifests[7]["spec"]!["endpoints"]![0]!["honorLabels"]!.GetValue<bool>());
    }

    [Fact]
    public void Create_Exporter_StandsBesideTheController()
    {
        var manifests = InstallManifests.Create(Defaults with { Exporter = ExporterPart.With });
        var ofExporter = manifests.Where(manifest => manifest["metadata"]!["name"]!.GetValue<string>() == InstallationNames.Exporter).ToList();

        Assert.Equal(["ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Service", "NetworkPolicy", "Deployment"], ofExporter.Select(Kind));
        Assert.Equal(InstallManifests.Create(Defaults).Select(manifest => manifest.ToJsonString()), manifests.Except(ofExporter).Select(manifest => manifest.ToJsonString()));
        var labels = ofExporter[5]["spec"]!["template"]!["metadata"]!["labels"]!.AsObject();
        Assert.All((JsonNode[])[ofExporter[3]["spec"]!["selector"]!, ofExporter[4]["spec"]!["podSelector"]!["matchLabels"]!, ofExporter[5]["spec"]!["selector"]!["matchLabels"]!], selector =>
            Assert.All(selector.AsObject(), label => Assert.Equal(label.Value!.GetValue<string>(), labels[label.Key]!.GetValue<string>())));
    }

    private static string Kind(JsonObject manifest) => manifest["kind"]!.GetValue<string>();

    private static JsonObject Only(InstallOptions options, string kind) => InstallManifests.Create(options).Single(manifest => Kind(manifest) == kind);

    private static JsonObject Pod(InstallOptions options) => Only(options, "Deployment")["spec"]!["template"]!["spec"]!.AsObject();

    private static IEnumerable<string> Arguments(InstallOptions options) => Pod(options)["containers"]![0]!["args"]!.AsArray().Select(argument => argument!.GetValue<string>());
}
