namespace Sluice.Translation.Support.Policies;

internal static class BackendFields
{
    public static PolicyMarks Marks { get; } = new PolicyMarks()
        .Supported("spec.type")
        .Supported("spec.static");
}
