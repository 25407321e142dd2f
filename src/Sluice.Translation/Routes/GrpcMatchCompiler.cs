using Sluice.Configuration;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Routes;

/// <summary>
/// GRPCRouteMatch to <see cref="RouteMatch"/>: a gRPC request is a request for the path "/package.Service/Method"
/// (gRPC over HTTP/2, "Path").
/// </summary>
internal static class GrpcMatchCompiler
{
    private const string AnyName = "[^/]+";

    /// <summary>Null, and a finding, when a regular expression is not valid.</summary>
    public static RouteMatch? Compile(GrpcRouteMatch match, string field, RouteFindings findings)
    {
        var before = findings.InvalidCount;
        var path = match.Method is { } method ? Path(method, $"{field}.method", findings) : PathMatch.Root;
        var headers = MatchCompiler.Headers(match.Headers, $"{field}.headers", findings);
        if (findings.InvalidCount != before)
            return null;
        return ReferenceEquals(path, PathMatch.Root) && headers.Length == 0 ? RouteMatch.Default : new RouteMatch { Path = path, Headers = headers };
    }

    private static PathMatch Path(GrpcMethodMatch match, string field, RouteFindings findings)
    {
        var (service, method) = (match.Service, match.Method);
        if (match.Type == "Exact")
        {
            if (service is null)
                return new PathMatch(PathMatchType.RegularExpression, $"/{AnyName}/{method}");
            return method is null
                ? new PathMatch(PathMatchType.PathPrefix, $"/{service}/")
                : new PathMatch(PathMatchType.Exact, $"/{service}/{method}");
        }

        // Each by itself: what is no expression alone must not become one between the slashes.
        if (service is not null)
            MatchCompiler.CheckPattern(service, $"{field}.service", findings);
        if (method is not null)
            MatchCompiler.CheckPattern(method, $"{field}.method", findings);
        return new PathMatch(PathMatchType.RegularExpression, $"/{Group(service)}/{Group(method)}");
    }

    private static string Group(string? pattern) => pattern is null ? AnyName : $"(?:{pattern})";
}
