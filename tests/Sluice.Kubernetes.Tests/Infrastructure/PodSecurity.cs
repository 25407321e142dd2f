using System.Text.Json.Nodes;
using Sluice.Kubernetes.Infrastructure;

namespace Sluice.Kubernetes.Tests.Infrastructure;

/// <summary>
/// The Pod Security Standard "restricted", and the policies that clusters often add to it: what of them a pod breaks. Written
/// from the standard's text, rule by rule.
/// </summary>
internal static class PodSecurity
{
    private static readonly string[] SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies",
        "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    ];

    private static readonly string[] AllowedVolumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    /// <summary>spec of a pod.</summary>
    public static IEnumerable<string> Violations(JsonObject pod) => [.. Baseline(pod), .. Restricted(pod), .. Policies(pod)];

    private static IEnumerable<string> Baseline(JsonObject pod)
    {
        var context = pod.Object("securityContext") ?? [];
        if (pod.IsTrue("hostNetwork") || pod.IsTrue("hostPID") || pod.IsTrue("hostIPC"))
            yield return "host namespaces";
        if (context.Objects("sysctls").Any(sysctl => !SafeSysctls.Contains(sysctl.Text("name"))))
            yield return "sysctls";
        foreach (var container in Containers(pod))
        {
            var own = container.Object("securityContext") ?? [];
            if (own.IsTrue("privileged"))
                yield return "privileged";
            if (container.Objects("ports").Any(port => port.ContainsKey("hostPort")))
                yield return "host ports";
            if (own.Text("procMount") is not (null or "Default"))
                yield return "procMount";
            if (own.Object("seLinuxOptions") is { } options && (options.ContainsKey("user") || options.ContainsKey("role")))
                yield return "SELinux";
        }
    }

    private static IEnumerable<string> Restricted(JsonObject pod)
    {
        var context = pod.Object("securityContext") ?? [];
        if (pod.Objects("volumes").Any(volume => !volume.All(field => field.Key == "name" || AllowedVolumes.Contains(field.Key))))
            yield return "volume types";
        if (context.Number("runAsUser") == 0)
            yield return "runAsUser";
        foreach (var container in Containers(pod))
        {
            var own = container.Object("securityContext") ?? [];
            if (own["allowPrivilegeEscalation"]?.GetValueKind() != System.Text.Json.JsonValueKind.False)
                yield return "allowPrivilegeEscalation";
            if (!own.IsTrue("runAsNonRoot") && (own.ContainsKey("runAsNonRoot") || !context.IsTrue("runAsNonRoot")))
                yield return "runAsNonRoot";
            if (own.Number("runAsUser") == 0)
                yield return "runAsUser";
            if ((own.Object("seccompProfile") ?? context.Object("seccompProfile"))?.Text("type") is not ("RuntimeDefault" or "Localhost"))
                yield return "seccompProfile";
            if (!Texts(own.Object("capabilities"), "drop").Contains("ALL"))
                yield return "capabilities.drop";
            if (Texts(own.Object("capabilities"), "add").Any(added => added != "NET_BIND_SERVICE"))
                yield return "capabilities.add";
        }
    }

    // Common policies of Kyverno: seccomp said at the pod too, users that are no root, no token of the API server, a root
    // filesystem that cannot be written, requests, probes, and an image with a version.
    private static IEnumerable<string> Policies(JsonObject pod)
    {
        var context = pod.Object("securityContext") ?? [];
        if (context.Object("seccompProfile")?.Text("type") != "RuntimeDefault")
            yield return "seccompProfile of the pod";
        if (!context.IsTrue("runAsNonRoot"))
            yield return "runAsNonRoot of the pod";
        if (pod["automountServiceAccountToken"]?.GetValueKind() != System.Text.Json.JsonValueKind.False)
            yield return "automountServiceAccountToken";
        foreach (var token in pod.Objects("volumes").SelectMany(volume => volume.Object("projected")?.Objects("sources") ?? []).Select(source => source.Object("serviceAccountToken")).OfType<JsonObject>())
        {
            if (token.Text("audience") is null or "")
                yield return "token for the API server";
        }

        foreach (var container in Containers(pod))
        {
            var own = container.Object("securityContext") ?? [];
            if (!own.IsTrue("readOnlyRootFilesystem"))
                yield return "readOnlyRootFilesystem";
            if (container.Object("resources")?.Object("requests") is not { Count: > 0 })
                yield return "requests";
            if (!container.ContainsKey("livenessProbe") || !container.ContainsKey("readinessProbe"))
                yield return "probes";
            if (container.Text("image") is not { } image || image.EndsWith(":latest", StringComparison.Ordinal) || !image[(image.LastIndexOf('/') + 1)..].Contains(':', StringComparison.Ordinal))
                yield return "image version";
        }
    }

    private static IEnumerable<JsonObject> Containers(JsonObject pod) => pod.Objects("initContainers").Concat(pod.Objects("containers")).Concat(pod.Objects("ephemeralContainers"));

    private static IEnumerable<string> Texts(JsonObject? fields, string name) => (fields?[name] as JsonArray)?.Select(item => item?.GetValue<string>() ?? "") ?? [];
}
