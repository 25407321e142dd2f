namespace Sluice.Translation.Support.Policies;

internal static class GatewayExtensionFields
{
    public static PolicyMarks Marks { get; } = new();
}
