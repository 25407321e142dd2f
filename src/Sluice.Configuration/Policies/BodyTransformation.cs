namespace Sluice.Configuration.Policies;

/// <summary>What becomes of a body.</summary>
/// <param name="ParseAs">What templates see of it.</param>
/// <param name="Value">The template of the new body; null keeps it.</param>
public sealed record BodyTransformation(BodyParsing ParseAs, string? Value);
