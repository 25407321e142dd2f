namespace Sluice.Resources.Policies.Backends;

/// <summary>What an endpoint is chosen by.</summary>
public sealed record HashPolicy
{
    /// <summary>A field of the request.</summary>
    public HashHeader? Header { get; init; }

    /// <summary>A cookie.</summary>
    public HashCookie? Cookie { get; init; }

    /// <summary>The client's address.</summary>
    public bool IsSourceIp { get; init; }

    /// <summary>Whether those behind it are left out when it gives something.</summary>
    public bool Terminal { get; init; }
}
