using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Policies.Targets;

/// <summary>An object that policies may be for.</summary>
/// <param name="Group">Of its kind; "" for core.</param>
/// <param name="Kind">As in manifests.</param>
/// <param name="Name">Of the object.</param>
internal readonly record struct PolicyTarget(string Group, string Kind, NamespacedName Name)
{
    public static PolicyTarget Of(KubernetesObject target) => new(GroupOf(target), target.Kind, target.Key);

    public override string ToString() => $"{Kind} \"{Name}\"";

    private static string GroupOf(KubernetesObject target) => target.Kind switch
    {
        "Service" => "",
        "Backend" => GatewayApiGroup.Kgateway,
        _ => GatewayApiGroup.Name,
    };
}
