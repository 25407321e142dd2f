namespace Sluice.Resources.Policies.Backends;

/// <summary>A request that must be answered with 200.</summary>
public sealed record HttpHealthCheck
{
    /// <summary>The Host.</summary>
    public string? Host { get; init; }

    /// <summary>The path.</summary>
    public required string Path { get; init; }

    /// <summary>The method.</summary>
    public string Method { get; init; } = "GET";
}
