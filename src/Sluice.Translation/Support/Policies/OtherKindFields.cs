namespace Sluice.Translation.Support.Policies;

/// <summary>Kinds that are small, or that are of other projects.</summary>
internal static class OtherKindFields
{
    private static readonly PolicyMarks None = new();

    private static readonly PolicyMarks DirectResponse = new PolicyMarks()
        .Supported("spec.status")
        .Supported("spec.body")
        .Supported("spec.bodyFormat");

    public static PolicyMarks MarksOf(string kind) => kind == "DirectResponse" ? DirectResponse : None;
}
