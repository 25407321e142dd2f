namespace Sluice.Translation.Support.Policies;

internal static class BackendConfigPolicyFields
{
    public static PolicyMarks Marks { get; } = new();
}
