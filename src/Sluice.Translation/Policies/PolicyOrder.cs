using Sluice.Resources;

namespace Sluice.Translation.Policies;

/// <summary>Which of several policies takes precedence (GEP-713): the oldest, then the first by namespace/name.</summary>
internal static class PolicyOrder
{
    /// <summary>Negative when the first one does. One without creationTimestamp counts as the youngest.</summary>
    public static int Compare(KubernetesObject one, KubernetesObject other)
    {
        var age = (one.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue).CompareTo(other.Metadata.CreationTimestamp ?? DateTimeOffset.MaxValue);
        return age != 0 ? age : string.CompareOrdinal(one.Key.ToString(), other.Key.ToString());
    }
}
