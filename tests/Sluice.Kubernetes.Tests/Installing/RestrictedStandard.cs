using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Tests.Installing;

/// <summary>The Pod Security Standard "restricted", control by control, and two that it does not have: a read-only root and resources.</summary>
internal static class RestrictedStandard
{
    private static readonly string[] Volumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret"];

    /// <summary>The fields that break it.</summary>
    public static IReadOnlyList<string> Violations(JsonObject pod)
    {
        var violations = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var field in (string[])["hostNetwork", "hostPID", "hostIPC"])
        {
            if (pod[field]?.GetValue<bool>() == true)
                violations.Add(field);
        }

        foreach (var volume in pod["volumes"]?.AsArray() ?? [])
        {
            if (!volume!.AsObject().Any(field => Volumes.Contains(field.Key)))
                violations.Add("volumes");
        }

        foreach (var container in pod["containers"]!.AsArray())
            Add(violations, pod["securityContext"] as JsonObject, container!.AsObject());
        return [.. violations];
    }

    private static void Add(SortedSet<string> violations, JsonObject? ofPod, JsonObject container)
    {
        var own = container["securityContext"] as JsonObject;
        JsonNode? Effective(string field) => own?[field] ?? ofPod?[field];
        Require("runAsNonRoot", Effective("runAsNonRoot")?.GetValue<bool>() == true);
        Require("runAsUser", Effective("runAsUser")?.GetValue<int>() != 0);
        Require("seccompProfile", Effective("seccompProfile")?["type"]?.GetValue<string>() is "RuntimeDefault" or "Localhost");
        Require("allowPrivilegeEscalation", own?["allowPrivilegeEscalation"]?.GetValue<bool>() == false);
        Require("privileged", own?["privileged"]?.GetValue<bool>() != true);
        Require("capabilities.drop", own?["capabilities"]?["drop"]?.AsArray().Any(name => name!.GetValue<string>() == "ALL") == true);
        Require("capabilities.add", own?["capabilities"]?["add"]?.AsArray().All(name => name!.GetValue<string>() == "NET_BIND_SERVICE") != false);
        Require("hostPort", container["ports"]?.AsArray().All(port => port!["hostPort"] is null) != false);
        Require("readOnlyRootFilesystem", own?["readOnlyRootFilesystem"]?.GetValue<bool>() == true);
        Require("resources", container["resources"]?["requests"]?["memory"] is not null && container["resources"]?["limits"]?["memory"] is not null);

        void Require(string field, bool holds)
        {
            if (!holds)
                violations.Add(field);
        }
    }
}
