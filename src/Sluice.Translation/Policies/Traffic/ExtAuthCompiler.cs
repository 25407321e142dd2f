using System.Globalization;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Resources.Policies.Extensions;
using Spec = Sluice.Resources.Policies.Traffic.ExtAuthPolicy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>spec.extAuth: the service that a GatewayExtension describes is asked.</summary>
internal static class ExtAuthCompiler
{
    public static ExtAuthPolicy? Compile(Spec spec, IPolicySurroundings surroundings, string field)
    {
        if (spec.ExtensionRef is not { } reference)
        {
            surroundings.Problem(field, "extensionRef is needed, or disable");
            return null;
        }
        if (spec.WithRequestBody is not null)
        {
            surroundings.Problem($"{field}.withRequestBody", "is not supported by this version; requests are answered with 500, since the service could not see what it is to judge");
            return null;
        }
        if (surroundings.Extension(reference, field) is not { } extension)
            return null;
        if (extension.ExtAuth is not { } provider)
        {
            surroundings.Problem($"{field}.extensionRef", $"GatewayExtension \"{extension.Key}\" has no extAuth");
            return null;
        }
        if (Compile(provider, surroundings.Of(extension, $"{field}.extensionRef"), "extAuth") is not { } policy)
            return null;
        if (policy.Http is not null && spec.ContextExtensions.Count > 0)
            surroundings.Problem($"{field}.contextExtensions", "has no effect: the service is asked by HTTP, which has no place for it");
        return policy with { ContextExtensions = [.. spec.ContextExtensions.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new HeaderValue(pair.Key, pair.Value))] };
    }

    /// <summary>The service of a GatewayExtension; null when it cannot be asked, which is reported.</summary>
    public static ExtAuthPolicy? Compile(ExtAuthProvider provider, IPolicySurroundings surroundings, string field)
    {
        if (provider.GrpcService is null == provider.HttpService is null)
        {
            surroundings.Problem(field, "must have exactly one of grpcService and httpService");
            return null;
        }
        if (provider.StatusOnError is < 200 or > 511)
        {
            surroundings.Problem($"{field}.statusOnError", $"is {provider.StatusOnError}; an answer needs a status from 200 to 511");
            return null;
        }
        if (provider.ClearRouteCache)
        {
            surroundings.Problem($"{field}.clearRouteCache", "is not supported by this version: the route is chosen before the service is asked");
            return null;
        }
        if (provider.WithRequestBody is not null)
        {
            surroundings.Problem($"{field}.withRequestBody", "is not supported by this version; requests are answered with 500, since the service could not see what it is to judge");
            return null;
        }
        if (!AreNames(provider.HeadersToForward, surroundings, $"{field}.headersToForward"))
            return null;
        if (provider.StatPrefix is not null)
            surroundings.Problem($"{field}.statPrefix", "has no effect: metrics name the filter");
        var policy = new ExtAuthPolicy { HeadersToForward = provider.HeadersToForward, FailOpen = provider.FailOpen, StatusOnError = provider.StatusOnError };
        if (provider.GrpcService is { } grpc)
            return ServiceCompiler.Grpc(grpc, surroundings, $"{field}.grpcService", ServiceCompiler.DefaultTimeout) is { } service ? policy with { Grpc = service } : null;
        return Http(provider.HttpService!, surroundings, $"{field}.httpService") is { } http ? policy with { Http = http } : null;
    }

    private static ExtAuthHttpService? Http(ExtHttpService spec, IPolicySurroundings surroundings, string field)
    {
        string prefix = spec.PathPrefix ?? "";
        if (prefix.Length > 0 && (prefix[0] != '/' || prefix.Any(c => c is <= ' ' or >= '\x7f' or '?' or '#')))
        {
            surroundings.Problem($"{field}.pathPrefix", $"\"{prefix}\" must begin with / and be a path");
            return null;
        }
        TimeSpan timeout = spec.RequestTimeout ?? ExtAuthHttpService.DefaultTimeout;
        if (!ServiceCompiler.TryTime(timeout, surroundings, $"{field}.requestTimeout")
            || !ServiceCompiler.TryRetry(spec.Retry, surroundings, $"{field}.retry", out CallRetry? retry)
            || !AreValues(spec.AuthorizationRequest, surroundings, $"{field}.authorizationRequest.headersToAdd")
            || !AreNames(spec.AuthorizationResponse, surroundings, $"{field}.authorizationResponse")
            || surroundings.Cluster(spec.BackendRef, $"{field}.backendRef") is not { } cluster)
        {
            return null;
        }
        return new ExtAuthHttpService
        {
            Cluster = cluster,
            PathPrefix = prefix,
            Timeout = timeout,
            Retry = retry,
            HeadersToAdd = [.. (spec.AuthorizationRequest?.HeadersToAdd ?? new Dictionary<string, string>()).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new HeaderValue(pair.Key, pair.Value))],
            HeadersToBackend = spec.AuthorizationResponse?.HeadersToBackend ?? [],
            HeadersToClient = spec.AuthorizationResponse?.HeadersToClient ?? [],
            HeadersToClientOnSuccess = spec.AuthorizationResponse?.HeadersToClientOnSuccess ?? [],
        };
    }

    private static bool AreNames(AuthorizationResponse? response, IPolicySurroundings surroundings, string field) =>
        response is null
        || (AreNames(response.HeadersToBackend, surroundings, $"{field}.headersToBackend")
            && AreNames(response.HeadersToClient, surroundings, $"{field}.headersToClient")
            && AreNames(response.HeadersToClientOnSuccess, surroundings, $"{field}.headersToClientOnSuccess"));

    private static bool AreNames(IReadOnlyList<string> names, IPolicySurroundings surroundings, string field)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (IsName(names[i]))
                continue;
            surroundings.Problem(string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]"), $"\"{names[i]}\" is no name of a field that may be passed on");
            return false;
        }
        return true;
    }

    private static bool AreValues(AuthorizationRequest? request, IPolicySurroundings surroundings, string field)
    {
        foreach ((string name, string value) in request?.HeadersToAdd ?? new Dictionary<string, string>())
        {
            string? problem = !IsName(name) ? "is no name of a field that may be added"
                : value.Contains('%') ? "command operators (%...%) are not supported by this version; a fixed text is needed"
                : value.Any(c => (c < ' ' && c != '\t') || c == '\x7f') ? "the value has a control character"
                : null;
            if (problem is null)
                continue;
            surroundings.Problem($"{field}[{name}]", problem);
            return false;
        }
        return true;
    }

    private static bool IsName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c)) && !ReservedFields.Contains(name);
}
