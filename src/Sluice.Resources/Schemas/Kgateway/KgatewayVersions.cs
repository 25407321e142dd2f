namespace Sluice.Resources.Schemas.Kgateway;

internal static class KgatewayVersions
{
    public static IReadOnlyList<KindVersion> V1Alpha1 { get; } = [new("v1alpha1", IsStored: true)];

    public static IReadOnlyList<string> Categories { get; } = ["kgateway"];
}
