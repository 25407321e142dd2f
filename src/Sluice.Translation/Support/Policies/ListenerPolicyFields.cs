namespace Sluice.Translation.Support.Policies;

/// <summary>Fields of ListenerPolicy, and of HTTPListenerPolicy, which has the HTTP settings at the top of spec.</summary>
internal static class ListenerPolicyFields
{
    public static PolicyMarks Marks { get; } = new();

    public static PolicyMarks HttpMarks { get; } = new();
}
