namespace Sluice.Configuration.Policies;

/// <summary>A key that names the client (TrafficPolicy.spec.apiKeyAuth).</summary>
public sealed record ApiKeyPolicy
{
    /// <summary>Clients that one policy may have: 100,000.</summary>
    public const int MaxClients = 100_000;

    /// <summary>Where the key is looked for, in this order; the first that a request has counts, right or wrong. Empty: field "api-key".</summary>
    public IReadOnlyList<ApiKeySource> Sources { get; init; } = [];

    /// <summary>None: nobody gets in.</summary>
    public IReadOnlyList<ApiKeyClient> Clients { get; init; } = [];

    /// <summary>Request field that tells the backend the client's id; what a client sends in it is removed. Null: none.</summary>
    public string? ClientIdHeader { get; init; }

    /// <summary>The key goes on to the backend. Default false: it is taken out of every source.</summary>
    public bool ForwardCredential { get; init; }
}
