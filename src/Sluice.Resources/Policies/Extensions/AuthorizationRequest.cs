namespace Sluice.Resources.Policies.Extensions;

/// <summary>What an HTTP service is told.</summary>
public sealed record AuthorizationRequest
{
    /// <summary>Fields that are added, with command operators.</summary>
    public IReadOnlyDictionary<string, string> HeadersToAdd { get; init; } = ObjectMeta.EmptyMap;
}
