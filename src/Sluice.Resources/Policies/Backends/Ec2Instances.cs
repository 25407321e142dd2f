namespace Sluice.Resources.Policies.Backends;

/// <summary>Instances of EC2.</summary>
public sealed record Ec2Instances
{
    /// <summary>Their port.</summary>
    public int Port { get; init; } = 80;

    /// <summary>Which of their addresses.</summary>
    public string AddressType { get; init; } = "PrivateIP";

    /// <summary>All must match. Empty: all running ones.</summary>
    public IReadOnlyList<Ec2Filter> Filters { get; init; } = [];
}
