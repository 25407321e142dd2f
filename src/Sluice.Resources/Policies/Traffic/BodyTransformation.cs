namespace Sluice.Resources.Policies.Traffic;

/// <summary>What becomes of the body.</summary>
public sealed record BodyTransformation
{
    /// <summary>What templates see of it; None: it is not read.</summary>
    public string ParseAs { get; init; } = "AsString";

    /// <summary>The template of the new body. Null keeps it.</summary>
    public string? Value { get; init; }
}
