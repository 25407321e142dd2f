namespace Sluice.Kubernetes.Client;

/// <summary>A request that did not do what it should, whatever the cause: the message says what was asked and what came of it.</summary>
public sealed class ApiException : Exception
{
    /// <summary>No answer came: the server cannot be reached, or the connection broke.</summary>
    public const string Unreachable = "Unreachable";

    /// <summary>No complete answer came in time.</summary>
    public const string TimedOut = "TimedOut";

    /// <summary>The credentials of the kubeconfig or pod cannot be had: a token file or an exec plugin.</summary>
    public const string NoCredentials = "NoCredentials";

    /// <summary>The answer is none of a Kubernetes API server, or exceeds a limit.</summary>
    public const string BadAnswer = "BadAnswer";

    /// <summary>The resourceVersion or continue token is too old (410).</summary>
    public const string Expired = "Expired";

    public ApiException(int statusCode, string reason, string message, IReadOnlyList<StatusCause>? causes = null, TimeSpan? retryAfter = null, Exception? inner = null)
        : base(message, inner)
    {
        StatusCode = statusCode;
        Reason = reason;
        Causes = causes ?? [];
        RetryAfter = retryAfter;
    }

    /// <summary>The HTTP status, or the code of a Status object; 0 when there was no usable answer.</summary>
    public int StatusCode { get; }

    /// <summary>The server's word ("NotFound", "Conflict", "Invalid"), or one of the constants here; "" when the server gives none.</summary>
    public string Reason { get; }

    public IReadOnlyList<StatusCause> Causes { get; }

    /// <summary>How long the server wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>No such object, or no such kind.</summary>
    public bool IsNotFound => StatusCode == 404;

    /// <summary>The object has changed, exists already, or another manager owns the fields.</summary>
    public bool IsConflict => StatusCode == 409;

    public bool IsExpired => StatusCode == 410;

    /// <summary>Who asked is not known, or may not.</summary>
    public bool IsDenied => StatusCode is 401 or 403;

    /// <summary>The same request may succeed later: the server was away, busy or broken.</summary>
    public bool IsTransient => StatusCode is 0 or 408 or 429 or >= 500;

    /// <summary>From a Status object, such as an ERROR event of a watch holds.</summary>
    /// <param name="operation">What was asked: "watch of httproutes".</param>
    /// <param name="status">The Status as JSON.</param>
    public static ApiException FromStatus(string operation, ReadOnlySpan<byte> status) => StatusReader.Read(operation, status, httpStatus: 0, retryAfter: null);
}
