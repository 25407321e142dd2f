using Sluice.Resources;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Clustered;

/// <summary>What is kept of an object in a cluster.</summary>
/// <param name="key">Of the object.</param>
/// <param name="hash">See <see cref="ObjectEnvelope.ContentHash"/>.</param>
/// <param name="read">What it means, or why it means nothing.</param>
internal sealed class ClusterObject(NamespacedName key, UInt128 hash, ReadObject read)
{
    /// <summary>Stands for every object that nobody refers to.</summary>
    public static ClusterObject Unneeded { get; } = new(default, default, default);

    public NamespacedName Key { get; } = key;

    public UInt128 Hash { get; private set; } = hash;

    /// <summary>Null when it cannot be served, or when it was let go.</summary>
    public KubernetesObject? Value { get; private set; } = read.Object;

    /// <summary>Null when it can be served.</summary>
    public RefusedObject? Refused { get; } = read.Refused;

    /// <summary>Nobody needs it any more: a Secret that nobody refers to does not stay in memory. It is read anew with its next change.</summary>
    public void LetGo()
    {
        Value = null;
        Hash = default;
    }
}
