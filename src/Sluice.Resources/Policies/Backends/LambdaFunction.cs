namespace Sluice.Resources.Policies.Backends;

/// <summary>A function of AWS Lambda.</summary>
public sealed record LambdaFunction
{
    /// <summary>Its name.</summary>
    public required string FunctionName { get; init; }

    /// <summary>Whose it is.</summary>
    public string? AccountId { get; init; }

    /// <summary>A version or an alias.</summary>
    public string Qualifier { get; init; } = "$LATEST";

    /// <summary>Whether its answer is waited for.</summary>
    public string InvocationMode { get; init; } = "Sync";

    /// <summary>Whether it gets the request as JSON.</summary>
    public string PayloadTransformMode { get; init; } = "Envoy";

    /// <summary>Another address of the API.</summary>
    public string? EndpointUrl { get; init; }
}
