namespace Sluice.Resources.Policies.Foreign;

/// <summary>gateway.solo.io/v1 AuthConfig: who may send requests. Routes name it in a filter of type ExtensionRef.</summary>
public sealed record AuthConfig : PolicyObject
{
    public override string Kind => "AuthConfig";

    /// <summary>Never empty; a request must pass all.</summary>
    public required IReadOnlyList<AuthConfigStep> Configs { get; init; }
}
