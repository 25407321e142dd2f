using System.Text.Json.Nodes;
using Sluice.Kubernetes.Infrastructure;
using Sluice.Resources.Patches;

namespace Sluice.Kubernetes.Tests.Infrastructure;

public sealed class PodSecurityTests
{
    /// <summary>There the platform sets security contexts, and no pod of ours has any.</summary>
    private const string Platform = "omit-security-context";

    public static TheoryData<string> Cases => [.. RenderCase.Names.Where(name => name != Platform)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pods_OfEveryCase_AreRestricted(string name) =>
        Assert.All(Pods(name), pod => Assert.Empty(PodSecurity.Violations(pod)));

    // The rules themselves: each finds what it is for.
    [Theory]
    [InlineData("{'hostNetwork':true}", "host namespaces")]
    [InlineData("{'securityContext':{'sysctls':[{'name':'net.core.somaxconn','value':'1'}]}}", "sysctls")]
    [InlineData("{'containers':[{'name':'proxy','securityContext':{'privileged':true}}]}", "privileged")]
    [InlineData("{'containers':[{'name':'proxy','ports':[{'containerPort':19000,'hostPort':80}]}]}", "host ports")]
    [InlineData("{'containers':[{'name':'proxy','securityContext':{'allowPrivilegeEscalation':null}}]}", "allowPrivilegeEscalation")]
    [InlineData("{'containers':[{'name':'proxy','securityContext':{'runAsNonRoot':false}}]}", "runAsNonRoot")]
    [InlineData("{'containers':[{'name':'proxy','securityContext':{'runAsUser':0}}]}", "runAsUser")]
    [InlineData("{'containers':[{'name':'proxy','securityContext':{'seccompProfile':{'type':'Unconfined'}}}]}", "seccompProfile")]
    [InlineData("{'containers':[{'name':'proxy','securityContext':{'capabilities':{'drop':['NET_RAW']}}}]}", "capabilities.drop")]
    [InlineData("{'containers':[{'name':'proxy','securityContext':{'capabilities':{'add':['NET_ADMIN']}}}]}", "capabilities.add")]
    [InlineData("{'containers':[{'name':'proxy','securityContext':{'readOnlyRootFilesystem':false}}]}", "readOnlyRootFilesystem")]
    [InlineData("{'containers':[{'name':'proxy','resources':null}]}", "requests")]
    [InlineData("{'containers':[{'name':'proxy','livenessProbe':null}]}", "probes")]
    [InlineData("{'containers':[{'name':'proxy','image':'registry.example.com:5000/sluice'}]}", "image version")]
    [InlineData("{'containers':[{'name':'other','image':'a:1'}]}", "capabilities.drop")]
    [InlineData("{'volumes':[{'name':'host','hostPath':{'path':'/'}}]}", "volume types")]
    [InlineData("{'volumes':[{'name':'more','projected':{'sources':[{'serviceAccountToken':{'path':'t'}}]}}]}", "token for the API server")]
    [InlineData("{'automountServiceAccountToken':null}", "automountServiceAccountToken")]
    [InlineData("{'securityContext':{'seccompProfile':null}}", "seccompProfile of the pod")]
    [InlineData("{'securityContext':{'runAsNonRoot':null}}", "runAsNonRoot of the pod")]
    public void Rules_BrokenPod_IsFound(string change, string violation)
    {
        var pod = Assert.Single(Pods("minimal"));
        var patch = new JsonObject { ["spec"] = JsonNode.Parse(change.Replace('\'', '"')) };

        var broken = StrategicMergePatch.Apply(new JsonObject { ["spec"] = pod.DeepClone() }, patch, "Pod")!.AsObject().Object("spec")!;

        Assert.Contains(violation, PodSecurity.Violations(broken));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pods_OfEveryCase_RunOnBothArchitectures(string name) =>
        Assert.All(Pods(name), pod => Assert.False(pod.Object("nodeSelector")!.ContainsKey("kubernetes.io/arch")));

    /// <summary>The admin endpoint shows configurations to whoever asks.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Pods_OfEveryCase_ShowTheirConfigurationToNobodyOutside(string name) => Assert.All(Pods(name), pod =>
    {
        var arguments = pod["containers"]![0]!["args"]!.AsArray().Select(argument => (string?)argument).ToList();
        Assert.StartsWith("127.0.0.1:", arguments[arguments.IndexOf("--admin") + 1], StringComparison.Ordinal);
    });

    private static IEnumerable<JsonObject> Pods(string name) => RenderCase.Render(name).Objects
        .Where(one => one.Identity.Kind is "Deployment" or "DaemonSet")
        .Select(one => one.Body.Object("spec")!.Object("template")!.Object("spec")!);
}
