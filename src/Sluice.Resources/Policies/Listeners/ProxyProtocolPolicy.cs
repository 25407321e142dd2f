namespace Sluice.Resources.Policies.Listeners;

/// <summary>Connections begin with a PROXY protocol header.</summary>
public sealed record ProxyProtocolPolicy
{
    /// <summary>Whether one without is let in too.</summary>
    public bool AllowRequestsWithoutProxyProtocol { get; init; }
}
