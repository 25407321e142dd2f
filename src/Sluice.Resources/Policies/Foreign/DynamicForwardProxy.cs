namespace Sluice.Resources.Policies.Foreign;

/// <summary>gateway.solo.io/v1 DynamicForwardProxy: requests go to the host that they name. Routes name it in a filter of type ExtensionRef, in a rule without backends.</summary>
public sealed record DynamicForwardProxy : PolicyObject
{
    public override string Kind => "DynamicForwardProxy";

    /// <summary>Where requests may go: hosts, "*.example.com" for all below one. Never empty.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    /// <summary>How often a name is looked up. Default 60 seconds.</summary>
    public TimeSpan DnsRefreshRate { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Names whose addresses are remembered at most. Default 1024.</summary>
    public int MaxHosts { get; init; } = 1024;
}
