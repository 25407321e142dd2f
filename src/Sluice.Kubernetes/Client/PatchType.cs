namespace Sluice.Kubernetes.Client;

/// <summary>How a patch is written. Server-side apply has an operation of its own.</summary>
public enum PatchType
{
    /// <summary>RFC 7386: an object with what changes, null for what goes; arrays are replaced whole.</summary>
    Merge,

    /// <summary>RFC 6902: an array of operations.</summary>
    Json,
}
