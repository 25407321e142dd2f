namespace Sluice.Resources.GatewayApi;

public sealed record ListenerTls
{
    /// <summary>"Terminate" or "Passthrough".</summary>
    public string Mode { get; init; } = "Terminate";

    public IReadOnlyList<SecretObjectReference> CertificateRefs { get; init; } = [];

    public IReadOnlyDictionary<string, string> Options { get; init; } = ObjectMeta.EmptyMap;
}
