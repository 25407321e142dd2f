namespace Sluice.Expressions.Templates;

/// <summary>Bounds of templates and of rendering them.</summary>
public sealed record TemplateLimits
{
    public static TemplateLimits Default { get; } = new();

    /// <summary>Characters of a template. Default 65,536.</summary>
    public int MaxLength { get; init; } = 65_536;

    /// <summary>Blocks, operators, calls and brackets within each other. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Tags, operators, names and literals of a template. Default 8,192.</summary>
    public int MaxNodes { get; init; } = 8_192;

    /// <summary>Bytes that one rendering writes. Default 1 MiB.</summary>
    public int MaxOutput { get; init; } = 1_048_576;

    /// <summary>Turns of all loops of one rendering together. Default 100,000.</summary>
    public int MaxIterations { get; init; } = 100_000;

    /// <summary>
    /// What one rendering may cost. A unit is an operator that is evaluated, an element looked at, or 16 bytes of text read or
    /// written: about ten nanoseconds. Default 1,000,000.
    /// </summary>
    public long MaxCost { get; init; } = 1_000_000;
}
