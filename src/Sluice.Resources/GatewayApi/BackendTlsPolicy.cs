namespace Sluice.Resources.GatewayApi;

/// <summary>How the Gateway speaks TLS with the endpoints of Services (GEP-1897).</summary>
public sealed record BackendTlsPolicy : KubernetesObject
{
    public override string Kind => "BackendTLSPolicy";

    /// <summary>Never empty.</summary>
    public required IReadOnlyList<PolicyTargetReference> TargetRefs { get; init; }

    public required BackendTlsPolicyValidation Validation { get; init; }

    /// <summary>Extended settings by name.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = ObjectMeta.EmptyMap;
}
