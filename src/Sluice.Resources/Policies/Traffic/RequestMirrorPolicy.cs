namespace Sluice.Resources.Policies.Traffic;

/// <summary>What copies of requests look like.</summary>
public sealed record RequestMirrorPolicy
{
    /// <summary>Whether Host stays without -shadow.</summary>
    public bool DisableShadowHostSuffixAppend { get; init; }

    /// <summary>The Host of copies.</summary>
    public string? HostRewriteLiteral { get; init; }
}
