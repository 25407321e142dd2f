namespace Sluice.Resources.Policies.Backends;

/// <summary>A role that is assumed.</summary>
public sealed record AwsRole
{
    /// <summary>Its name.</summary>
    public required string RoleArn { get; init; }
}
