using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>What a policy says it is for.</summary>
internal static class PolicyTargets
{
    public static IReadOnlyList<PolicyTargetReference> References(PolicyNode spec) => spec.List("targetRefs", static node =>
        new PolicyTargetReference(node.Need("group"), node.Need("kind"), node.Need("name"), node.Text("sectionName")));

    public static IReadOnlyList<PolicyTargetSelector> Selectors(PolicyNode spec) => spec.List("targetSelectors", static node =>
        new PolicyTargetSelector(node.Need("group"), node.Need("kind"), node.Map("matchLabels"), node.Text("sectionName")));
}
