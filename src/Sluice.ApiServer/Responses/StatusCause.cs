namespace Sluice.ApiServer.Responses;

/// <summary>One of the things that are wrong with a request (metav1.StatusCause).</summary>
/// <param name="Reason">"FieldValueInvalid", "FieldValueRequired", "FieldManagerConflict", …</param>
/// <param name="Message">For people.</param>
/// <param name="Field">"spec.rules[0].matches"; null when it is about no field.</param>
public sealed record StatusCause(string Reason, string Message, string? Field)
{
    public const string Invalid = "FieldValueInvalid";
    public const string Required = "FieldValueRequired";
    public const string Forbidden = "FieldValueForbidden";
    public const string NotSupported = "FieldValueNotSupported";
    public const string Duplicate = "FieldValueDuplicate";
    public const string ManagerConflict = "FieldManagerConflict";

    public override string ToString() => Field is null ? Message : $"{Field}: {Message}";
}
