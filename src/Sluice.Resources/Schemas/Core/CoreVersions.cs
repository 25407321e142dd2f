namespace Sluice.Resources.Schemas.Core;

internal static class CoreVersions
{
    public static IReadOnlyList<KindVersion> V1 { get; } = [new("v1", IsStored: true)];
}
