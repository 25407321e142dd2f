namespace Sluice.Resources.Policies.Backends;

/// <summary>Something of AWS.</summary>
public sealed record AwsBackend
{
    /// <summary>Its region.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Null: what the environment gives.</summary>
    public AwsAuth? Auth { get; init; }

    /// <summary>Whose the function is; stands in lambda nowadays.</summary>
    public string? AccountId { get; init; }

    /// <summary>A function.</summary>
    public LambdaFunction? Lambda { get; init; }

    /// <summary>Instances.</summary>
    public Ec2Instances? Ec2 { get; init; }
}
