namespace Sluice.Translation.Support;

internal static class ReferenceGrantFields
{
    public static IReadOnlyList<FieldSupport> All { get; } = new FieldList()
        .Supported("spec.from[]", "group kind namespace")
        .Supported("spec.to[]", "group kind name")
        .Fields;
}
