using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Installing;

/// <summary>Who the controller is to the API server, and what it may do there.</summary>
internal static class ControllerAccess
{
    private const string Group = "rbac.authorization.k8s.io";

    public static IEnumerable<JsonObject> Of(InstallOptions options)
    {
        var account = Manifest.Create(options, "v1", "ServiceAccount", InstallationNames.Controller, isNamespaced: true);
        account["automountServiceAccountToken"] = false;
        yield return account;
        yield return Role(options, "ClusterRole", AccessRules.Cluster(options.Infrastructure));
        yield return Binding(options, "ClusterRole");
        if (AccessRules.Own(options.Infrastructure) is not { Count: > 0 } own)
            yield break;
        yield return Role(options, "Role", own);
        yield return Binding(options, "Role");
    }

    private static JsonObject Role(InstallOptions options, string kind, IReadOnlyList<AccessRule> rules)
    {
        var role = Manifest.Create(options, $"{Group}/v1", kind, InstallationNames.Controller, isNamespaced: kind == "Role");
        role["rules"] = new JsonArray([.. rules.Select(rule => rule.ToJson())]);
        return role;
    }

    private static JsonObject Binding(InstallOptions options, string roleKind)
    {
        var binding = Manifest.Create(options, $"{Group}/v1", $"{roleKind}Binding", InstallationNames.Controller, isNamespaced: roleKind == "Role");
        binding["roleRef"] = new JsonObject { ["apiGroup"] = Group, ["kind"] = roleKind, ["name"] = InstallationNames.Controller };
        binding["subjects"] = new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = InstallationNames.Controller, ["namespace"] = options.Namespace });
        return binding;
    }
}
