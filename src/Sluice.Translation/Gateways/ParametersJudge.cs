using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Gateways;

/// <summary>What is wrong with the parametersRef of a GatewayClass or a Gateway.</summary>
internal sealed class ParametersJudge(TranslatorOptions options, ResourceSnapshot snapshot)
{
    /// <summary>Null when the class may be accepted.</summary>
    public string? Refuse(GatewayClass gatewayClass) => Refuse(gatewayClass.ParametersRef, "");

    /// <summary>Null when the Gateway may be accepted, as far as its own reference goes.</summary>
    public string? Refuse(Gateway gateway) => Refuse(gateway.Infrastructure?.ParametersRef, gateway.Metadata.Namespace);

    /// <summary>Null when the reference leads to something, or is of no known kind.</summary>
    public string? Missing(ParametersReference? reference, string defaultNamespace)
    {
        if (reference is null || !Knows(reference))
            return null;
        var name = new NamespacedName(reference.Namespace ?? defaultNamespace, reference.Name);
        if (name.Namespace.Length == 0)
            return $"parametersRef must have the namespace of the GatewayParameters \"{name.Name}\"";
        return snapshot.GatewayParameters.ContainsKey(name) ? null : $"GatewayParameters \"{name}\" does not exist, or has errors";
    }

    private string? Refuse(ParametersReference? reference, string defaultNamespace)
    {
        if (reference is null)
            return null;
        if (!Knows(reference))
            return $"parametersRef names {Describe(reference.Group, reference.Kind)} \"{reference.Name}\", which is not known here; known is GatewayParameters of {GatewayApiGroup.Kgateway}";
        return options.RequireParameters ? Missing(reference, defaultNamespace) : null;
    }

    private static bool Knows(ParametersReference reference) => reference.Group == GatewayApiGroup.Kgateway && reference.Kind == "GatewayParameters";

    private static string Describe(string group, string kind) => group.Length == 0 ? kind : $"{kind}.{group}";
}
