namespace Sluice.Resources.Policies.Backends;

/// <summary>An endpoint.</summary>
public sealed record StaticHost
{
    /// <summary>An IP address or a DNS name.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public required int Port { get; init; }
}
