namespace Sluice.Resources.Schemas.GatewayApi;

/// <summary>Versions, categories and columns that kinds of the Gateway API share.</summary>
internal static class GatewayVersions
{
    public static IReadOnlyList<string> Categories { get; } = ["gateway-api"];

    public static IReadOnlyList<KindVersion> StableAndBeta { get; } = [new("v1", IsStored: true), new("v1beta1")];

    public static PrinterColumn Hostnames { get; } = new("Hostnames", "string", ".spec.hostnames");

    /// <summary>v1, and versions from before it.</summary>
    public static IReadOnlyList<KindVersion> StableAnd(string kind, params ReadOnlySpan<string> older)
    {
        var versions = new List<KindVersion> { new("v1", IsStored: true) };
        foreach (var version in older)
            versions.Add(new KindVersion(version, DeprecationWarning: $"{version} of {kind} is deprecated: use gateway.networking.k8s.io/v1"));
        return versions;
    }

    /// <summary>The status of a condition.</summary>
    public static PrinterColumn Condition(string type) => new(type, "string", $".status.conditions[?(@.type==\"{type}\")].status");
}
