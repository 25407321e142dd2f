using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Installing;

/// <summary>One thing that the controller is allowed to do.</summary>
/// <param name="Groups">API groups; "" is the core group.</param>
/// <param name="Resources">Plural names, with "/status" for the subresource.</param>
/// <param name="Verbs">As in a ClusterRole.</param>
/// <param name="Why">What the controller does with it, in a sentence.</param>
public sealed record AccessRule(IReadOnlyList<string> Groups, IReadOnlyList<string> Resources, IReadOnlyList<string> Verbs, string Why)
{
    /// <summary>The only objects that the rule is about; all when empty.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    internal JsonObject ToJson()
    {
        var rule = new JsonObject { ["apiGroups"] = Manifest.Strings(Groups), ["resources"] = Manifest.Strings(Resources) };
        if (Names.Count > 0)
            rule["resourceNames"] = Manifest.Strings(Names);
        rule["verbs"] = Manifest.Strings(Verbs);
        return rule;
    }
}
