namespace Sluice.Resources.Policies.Backends;

/// <summary>Which instances.</summary>
public sealed record Ec2Filter
{
    /// <summary>Those with this tag.</summary>
    public string? Key { get; init; }

    /// <summary>Those with this tag and value.</summary>
    public Ec2Tag? KeyValue { get; init; }
}
