using Sluice.ApiServer.Kinds;

namespace Sluice.ApiServer.Discovery;

/// <summary>What can be done with each kind.</summary>
internal static class ResourceVerbs
{
    private static readonly string[] All = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly string[] OneByOne = ["create", "delete", "get", "list", "patch", "update", "watch"];
    private static readonly string[] Review = ["create"];
    private static readonly string[] Status = ["get", "patch", "update"];
    private static readonly string[] Finalize = ["update"];

    public static IReadOnlyList<string> Of(ResourceKind kind) => kind.IsReviewOnly ? Review : CanDeleteAll(kind) ? All : OneByOne;

    /// <summary>Namespaces, with all that is in them, are deleted one by one only.</summary>
    public static bool CanDeleteAll(ResourceKind kind) => kind is not { Group: "", Kind: "Namespace" };

    public static IEnumerable<(string Name, IReadOnlyList<string> Verbs)> Subresources(ResourceKind kind)
    {
        if (kind is { Group: "", Kind: "Namespace" })
            yield return ("finalize", Finalize);
        if (kind.HasStatus)
            yield return ("status", Status);
    }
}
