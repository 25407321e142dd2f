using Sluice.Resources.GatewayApi;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>References of policies to backends.</summary>
internal static class PolicyReferences
{
    public static BackendObjectReference Backend(PolicyNode node) => new()
    {
        Group = node.Need("group"),
        Kind = node.Need("kind"),
        Name = node.Need("name"),
        Namespace = node.Text("namespace"),
        Port = node.Number("port"),
    };
}
