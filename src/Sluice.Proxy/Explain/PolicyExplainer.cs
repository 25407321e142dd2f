using System.Globalization;
using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Filters;

namespace Sluice.Proxy.Explain;

/// <summary>Describes what a rule says beside its action, as far as it concerns the request.</summary>
internal static class PolicyExplainer
{
    /// <summary>Whether the request is a preflight that the rule answers itself.</summary>
    public static bool AnswersPreflight(RouteRule rule, ExplainRequest request) =>
        rule.Cors is not null && request.Method == "OPTIONS" && Value(request, "origin") is not null && Value(request, "access-control-request-method") is not null;

    public static string[] Describe(RouteRule rule, ExplainRequest request) =>
    [
        .. Cors(rule.Cors, request),
        .. rule.Action is ForwardAction ? Forwarding(rule) : [],
    ];

    public static string[] Mirrors(RouteRule rule, WeightedBackend backend) => [.. rule.Mirrors.Concat(backend.Mirrors).Select(Show)];

    private static IEnumerable<string> Cors(CorsPolicy? cors, ExplainRequest request)
    {
        if (cors is null)
            yield break;
        string? origin = Value(request, "origin");
        yield return origin is null ? "CORS: the request has no Origin"
            : new CorsFilter(cors, []).Allows(Encoding.UTF8.GetBytes(origin)) ? $"CORS: origin \"{origin}\" is allowed"
            : $"CORS: origin \"{origin}\" is not allowed; a browser keeps the response from scripts";
    }

    private static IEnumerable<string> Forwarding(RouteRule rule)
    {
        if (rule.Timeouts?.Request is { } request)
            yield return $"timeout: {Show(request)} for the whole request";
        if (rule.Timeouts?.BackendRequest is { } attempt)
            yield return $"timeout: {Show(attempt)} for each attempt";
        if (rule.Retry?.PerTryTimeout is { } perTry && rule.Timeouts?.BackendRequest is null)
            yield return $"timeout: {Show(perTry)} for each attempt";
        if (rule.Timeouts?.StreamIdle is { } idle && idle > TimeSpan.Zero)
            yield return $"timeout: {Show(idle)} without a byte of the request or response";
        if (rule.Retry is { } retry)
            yield return Show(retry);
        if (rule.InternalRedirect is { } redirect)
            yield return $"redirects: up to {redirect.MaxRedirects} of the backend with {string.Join(", ", redirect.StatusCodes)} are followed here";
        if (rule.SessionPersistence is { } session)
            yield return $"session: kept at its endpoint by {(session.Type == SessionPersistenceType.Cookie ? "cookie" : "header")} \"{session.SessionName}\"";
    }

    private static string Show(RetryPolicy retry)
    {
        string codes = retry.StatusCodes.Count == 0 ? "" : $" and on {string.Join(", ", retry.StatusCodes)}";
        string reasons = retry.Conditions is { } conditions ? Names(conditions) : "connection errors and timeouts of attempts";
        return $"retries: up to {retry.Attempts} on {reasons}{codes}, after {Show(retry.Backoff)} or {(retry.FullJitter ? "less, doubling" : "more")}";
    }

    /// <summary>As Envoy has them.</summary>
    private static string Names(RetryConditions conditions)
    {
        (RetryConditions Condition, string Name)[] names =
        [
            (RetryConditions.ServerError, "5xx"), (RetryConditions.GatewayError, "gateway-error"), (RetryConditions.Reset, "reset"),
            (RetryConditions.ResetBeforeRequest, "reset-before-request"), (RetryConditions.ConnectFailure, "connect-failure"),
            (RetryConditions.RateLimited, "envoy-ratelimited"), (RetryConditions.RetriableClientError, "retriable-4xx"), (RetryConditions.RefusedStream, "refused-stream"),
        ];
        string[] chosen = [.. names.Where(name => (conditions & name.Condition) != 0).Select(name => name.Name)];
        return chosen.Length == 0 ? "no condition" : string.Join(", ", chosen);
    }

    private static string Show(RequestMirror mirror)
    {
        string name = mirror.Cluster ?? "nobody, since its backendRef does not resolve";
        return mirror.Numerator >= mirror.Denominator ? name
            : string.Create(CultureInfo.InvariantCulture, $"{name} ({100.0 * mirror.Numerator / mirror.Denominator:0.##} %)");
    }

    private static string Show(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");

    private static string? Value(ExplainRequest request, string name) =>
        request.Headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;
}
