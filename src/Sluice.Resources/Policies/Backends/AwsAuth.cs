namespace Sluice.Resources.Policies.Backends;

/// <summary>Who asks.</summary>
public sealed record AwsAuth
{
    /// <summary>How it is known.</summary>
    public required string Type { get; init; }

    /// <summary>A Secret with accessKey, secretKey and sessionToken.</summary>
    public LocalSecretReference? SecretRef { get; init; }

    /// <summary>With the type AssumeRole.</summary>
    public AwsRole? AssumeRole { get; init; }
}
