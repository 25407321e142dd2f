namespace Sluice.Translation.Support.Policies;

internal static class TrafficPolicyFields
{
    public static PolicyMarks Marks { get; } = new();
}
