using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;

namespace Sluice.ApiServer.Writing;

/// <summary>What the steps of one write share, and what they find.</summary>
internal sealed class WriteContext(ApiRequest request, ResourcePath path, WriteMode mode, DateTimeOffset now)
{
    public ApiRequest Request { get; } = request;

    public ResourcePath Path { get; } = path;

    /// <summary>The kind that stores the object.</summary>
    public ResourceKind Kind { get; } = path.Kind.Storage;

    public WriteMode Mode { get; } = mode;

    public DateTimeOffset Now { get; } = now;

    public FieldValidation FieldValidation { get; } = request.FieldValidation;

    public bool IsDryRun { get; } = request.IsDryRun;

    /// <summary>What makes the object invalid.</summary>
    public List<StatusCause> Causes { get; } = [];

    /// <summary>Fields that the kind does not have, and those that stand twice, as sentences.</summary>
    public List<string> Unknown { get; } = [];

    /// <summary>Shown to the user although the request succeeds.</summary>
    public List<string> Warnings { get; } = [];

    public string Name { get; set; } = path.Name;

    public void Invalid(string field, string message, string reason = StatusCause.Invalid) => Causes.Add(new StatusCause(reason, message, field));

    /// <exception cref="ApiException">400: there are unknown fields and they are not allowed; 422: something is invalid.</exception>
    public void ThrowIfWrong()
    {
        if (Unknown.Count > 0 && FieldValidation == FieldValidation.Strict)
            throw ApiException.BadRequest($"{Path.Kind.Kind} in version \"{Path.Version}\" was read strictly: {string.Join(", ", Unknown.Distinct(StringComparer.Ordinal))}");
        if (Causes.Count > 0)
            throw ApiException.Invalid(Path.Kind, Name, Causes);
        if (FieldValidation == FieldValidation.Warn)
            Warnings.AddRange(Unknown);
    }
}
