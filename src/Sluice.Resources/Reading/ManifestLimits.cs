namespace Sluice.Resources.Reading;

/// <summary>Bounds on what a manifest may cost. What exceeds one is refused with an error that names it.</summary>
public sealed record ManifestLimits
{
    public static ManifestLimits Default { get; } = new();

    /// <summary>Bytes of one file. Default 64 MiB.</summary>
    public int MaxFileBytes { get; init; } = 64 << 20;

    /// <summary>Levels of mappings and lists inside each other. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Values in one document, counted before aliases are followed. Default 2,000,000.</summary>
    public int MaxNodes { get; init; } = 2_000_000;

    /// <summary>Values that all aliases and merge keys of one document may stand for together. Default 10,000.</summary>
    public int MaxAliasedNodes { get; init; } = 10_000;

    /// <summary>Diagnostics kept per file; one more says how many were left out. Default 1,000.</summary>
    public int MaxDiagnostics { get; init; } = 1_000;
}
