namespace Sluice.Resources.Policies.Backends;

/// <summary>Something of Google Cloud, with an ID token.</summary>
public sealed record GcpBackend
{
    /// <summary>Where it is.</summary>
    public required string Host { get; init; }

    /// <summary>Whom the token is for. Null means https://host.</summary>
    public string? Audience { get; init; }
}
