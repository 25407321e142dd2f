namespace Sluice.Translation.Statuses;

/// <summary>Condition types of the Gateway API.</summary>
internal static class ConditionType
{
    public const string Accepted = "Accepted";
    public const string Programmed = "Programmed";
    public const string ResolvedRefs = "ResolvedRefs";
    public const string Conflicted = "Conflicted";
    public const string InsecureFrontendValidationMode = "InsecureFrontendValidationMode";
    public const string PartiallyInvalid = "PartiallyInvalid";
    public const string Attached = "Attached";
}
