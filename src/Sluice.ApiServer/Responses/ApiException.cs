using Sluice.ApiServer.Kinds;

namespace Sluice.ApiServer.Responses;

/// <summary>A request that is answered with a Status instead of what it asked for.</summary>
internal sealed class ApiException(ApiStatus status) : Exception(status.Message)
{
    /// <summary>Causes that an answer names; more are counted.</summary>
    private const int MaxCauses = 100;

    public ApiStatus Status { get; } = status;

    public static ApiException BadRequest(string message) => new(new ApiStatus(400, "BadRequest", message));

    public static ApiException Unauthorized() => new(new ApiStatus(401, "Unauthorized", "this server wants the token that it was started with: send it as \"Authorization: Bearer TOKEN\""));

    public static ApiException Forbidden(string message) => new(new ApiStatus(403, "Forbidden", message));

    public static ApiException Forbidden(ResourceKind kind, string name, string message, params IReadOnlyList<StatusCause> causes) =>
        new(new ApiStatus(403, "Forbidden", $"{kind.QualifiedPlural} \"{name}\" is forbidden: {message}") { Name = name, Group = kind.Group, Kind = kind.Plural, Causes = causes });

    public static ApiException NoSuchPath() => new(new ApiStatus(404, "NotFound", "the server could not find the requested resource"));

    public static ApiException NotFound(ResourceKind kind, string name) =>
        new(new ApiStatus(404, "NotFound", $"{kind.QualifiedPlural} \"{name}\" not found") { Name = name, Group = kind.Group, Kind = kind.Plural });

    public static ApiException MethodNotAllowed(string method, string path) =>
        new(new ApiStatus(405, "MethodNotAllowed", $"{method} is not possible on {path}"));

    public static ApiException NotAcceptable(string message) => new(new ApiStatus(406, "NotAcceptable", message));

    public static ApiException AlreadyExists(ResourceKind kind, string name) =>
        new(new ApiStatus(409, "AlreadyExists", $"{kind.QualifiedPlural} \"{name}\" already exists") { Name = name, Group = kind.Group, Kind = kind.Plural });

    public static ApiException Conflict(ResourceKind kind, string name, string message, params IReadOnlyList<StatusCause> causes) =>
        new(new ApiStatus(409, "Conflict", message) { Name = name, Group = kind.Group, Kind = kind.Plural, Causes = causes });

    /// <summary>The object is another version than the one that the request was made for.</summary>
    public static ApiException VersionConflict(ResourceKind kind, string name) =>
        Conflict(kind, name, $"Operation cannot be fulfilled on {kind.QualifiedPlural} \"{name}\": the object has been modified since it was read; read it again and repeat the change");

    /// <summary>410: what the client knows is too old to go on from.</summary>
    public static ApiException Expired(string message) => new(new ApiStatus(410, "Expired", message));

    public static ApiException TooLarge(string message) => new(new ApiStatus(413, "RequestEntityTooLarge", message));

    public static ApiException UnsupportedMediaType(string message) => new(new ApiStatus(415, "UnsupportedMediaType", message));

    public static ApiException Invalid(ResourceKind kind, string name, IReadOnlyList<StatusCause> causes)
    {
        var shown = causes.Count <= MaxCauses ? causes : [.. causes.Take(MaxCauses)];
        var text = string.Join(", ", shown.Select(cause => cause.ToString()));
        if (shown.Count < causes.Count)
            text += $", and {causes.Count - shown.Count} more";
        if (causes.Count > 1)
            text = $"[{text}]";
        return new(new ApiStatus(422, "Invalid", $"{kind.QualifiedKind} \"{name}\" is invalid: {text}") { Name = name, Group = kind.Group, Kind = kind.Kind, Causes = shown });
    }

    public static ApiException Invalid(ResourceKind kind, string name, string field, string message, string reason = StatusCause.Invalid) =>
        Invalid(kind, name, [new StatusCause(reason, message, field)]);

    public static ApiException TooManyRequests(string message) => new(new ApiStatus(429, "TooManyRequests", message) { RetryAfterSeconds = 1 });

    public static ApiException Unavailable(string message) => new(new ApiStatus(503, "ServiceUnavailable", message) { RetryAfterSeconds = 1 });

    public static ApiException NoRoom(string message) => new(new ApiStatus(507, "InsufficientStorage", message));

    public static ApiException Timeout(string message) => new(new ApiStatus(504, "Timeout", message) { RetryAfterSeconds = 1 });
}
