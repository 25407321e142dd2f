namespace Sluice.Resources.Policies.Extensions;

/// <summary>What is made of its answer.</summary>
public sealed record AuthorizationResponse
{
    /// <summary>Fields that the backend gets.</summary>
    public IReadOnlyList<string> HeadersToBackend { get; init; } = [];

    /// <summary>Fields that a refused client gets.</summary>
    public IReadOnlyList<string> HeadersToClient { get; init; } = [];

    /// <summary>Fields that other clients get.</summary>
    public IReadOnlyList<string> HeadersToClientOnSuccess { get; init; } = [];
}
