namespace Sluice.Resources.Policies.Traffic;

/// <summary>How bodies are compressed.</summary>
public sealed record CompressionSettings
{
    /// <summary>In order of preference. Empty means Gzip.</summary>
    public IReadOnlyList<string> Libraries { get; init; } = [];

    /// <summary>Turns off what is inherited.</summary>
    public bool IsDisabled { get; init; }
}
