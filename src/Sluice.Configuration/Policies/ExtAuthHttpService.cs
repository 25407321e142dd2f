namespace Sluice.Configuration.Policies;

/// <summary>
/// An HTTP server that is asked whether a request may pass: with the request's method, path and query, and without its body. 200 lets
/// the request pass, 5xx is a failure of the service, and every other answer goes to the client.
/// </summary>
public sealed record ExtAuthHttpService
{
    /// <summary>How long it may take when nothing else is said: 2 s.</summary>
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromSeconds(2);

    public required string Cluster { get; init; }

    /// <summary>Stands before the path. Default empty.</summary>
    public string PathPrefix { get; init; } = "";

    /// <summary>For a request with all of its attempts.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Null: it is not asked again.</summary>
    public CallRetry? Retry { get; init; }

    /// <summary>Fields that it is told in addition.</summary>
    public IReadOnlyList<HeaderValue> HeadersToAdd { get; init; } = [];

    /// <summary>Names of fields of its answer that the backend gets, in place of the client's.</summary>
    public IReadOnlyList<string> HeadersToBackend { get; init; } = [];

    /// <summary>Names of fields of its answer that a refused client gets. Empty: all of them.</summary>
    public IReadOnlyList<string> HeadersToClient { get; init; } = [];

    /// <summary>Names of fields of its answer that other clients get with the response.</summary>
    public IReadOnlyList<string> HeadersToClientOnSuccess { get; init; } = [];
}
