namespace Sluice.Translation.Support;

internal static class ListenerSetFields
{
    public static IReadOnlyList<FieldSupport> All { get; } = new FieldList()
        .Supported("spec.parentRef", "group kind", "Gateway only; sets of other parents are left to their controllers.")
        .Supported("spec.parentRef", "name namespace")
        .Listeners("spec.listeners[]")
        .Conditions("status.conditions[]")
        .ListenerStatus()
        .Fields;
}
