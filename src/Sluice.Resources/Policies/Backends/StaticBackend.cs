namespace Sluice.Resources.Policies.Backends;

/// <summary>Endpoints that stand here.</summary>
public sealed record StaticBackend
{
    /// <summary>Requests are spread over them.</summary>
    public IReadOnlyList<StaticHost> Hosts { get; init; } = [];

    /// <summary>What they speak. Null: HTTP/1.1.</summary>
    public string? AppProtocol { get; init; }
}
