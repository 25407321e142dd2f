namespace Sluice.Resources.Patches;

/// <summary>What a patch may cost. How large its text may be is up to whoever reads it.</summary>
public static class PatchLimits
{
    /// <summary>Operations of one JSON Patch: 10,000, as in Kubernetes.</summary>
    public const int MaxOperations = 10_000;

    /// <summary>Characters of JSON that the copy and move operations of one JSON Patch may carry in all: 3 Mi.</summary>
    public const int MaxCarried = 3 * 1024 * 1024;

    /// <summary>Levels of objects and lists in a patch, and in what a JSON Patch makes: 128.</summary>
    public const int MaxDepth = 128;
}
