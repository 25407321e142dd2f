using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class HeaderBinder
{
    public static HeaderSource HeaderSource(PolicyNode node) => new()
    {
        Name = node.Text("name"),
        Value = node.Text("value"),
        SecretRef = node.Part("secretRef", CommonPolicyBinder.SecretKeyReference),
    };

    public static HeaderRules HeaderRules(PolicyNode node) => new()
    {
        Set = node.List("set", HeaderSource),
        Add = node.List("add", HeaderSource),
        Remove = node.Texts("remove"),
    };

    public static FilterStage FilterStage(PolicyNode node) => new()
    {
        Stage = node.Need("stage"),
        Predicate = node.Need("predicate"),
        Weight = node.NeedNumber("weight"),
    };

    public static HeaderModifiersPolicy HeaderModifiersPolicy(PolicyNode node) => new()
    {
        Request = node.Part("request", HeaderRules),
        Response = node.Part("response", HeaderRules),
        FilterStage = node.Part("filterStage", FilterStage),
    };
}
