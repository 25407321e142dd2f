using Sluice.ApiServer.Deleting;
using Sluice.ApiServer.Discovery;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Reading;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Security;
using Sluice.ApiServer.Watching;
using Sluice.ApiServer.Writing;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer;

/// <summary>The API's front door: who may ask, which path means what, and errors as Status.</summary>
internal sealed class ApiHandler : ILocalHandler
{
    private static readonly string[] Health = ["healthz", "livez", "readyz"];

    public required KindCatalog Catalog { get; init; }

    public required ApiAccess Access { get; init; }

    public required DiscoveryHandler Discovery { get; init; }

    public required OpenApiHandler OpenApi { get; init; }

    public required ObjectReader Reader { get; init; }

    public required WatchHandler Watches { get; init; }

    public required ObjectWriter Writer { get; init; }

    public required DeleteHandler Deletes { get; init; }

    public required TokenReviewHandler TokenReviews { get; init; }

    public required TokenRequestHandler TokenRequests { get; init; }

    /// <summary>Told of defects; the client gets a 500.</summary>
    public required Action<Exception> Faulted { get; init; }

    /// <summary>What kube-apiserver takes, too.</summary>
    public int MaxBodyBytes => KubernetesApi.MaxBodyBytes;

    public async ValueTask<LocalResponse> HandleAsync(LocalRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await AnswerAsync(new ApiRequest(request), cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException exception)
        {
            return exception.Status.ToResponse();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Faulted(exception);
            return new ApiStatus(500, "InternalError", "an internal error occurred; it has been reported where this server runs").ToResponse();
        }
    }

    private ValueTask<LocalResponse> AnswerAsync(ApiRequest request, CancellationToken cancellation)
    {
        string[] segments = [.. request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        var isHealth = segments.Length > 0 && Health.Contains(segments[0]);
        Access.Check(request, isOpen: isHealth || segments is ["version"]);
        if (isHealth)
            return Ready(new LocalResponse(200, "text/plain", "ok"u8.ToArray()));
        if (request.Method == "GET" && (Discovery.Answer(request, segments) ?? OpenApi.Answer(request, segments)) is { } document)
            return Ready(document);
        if (segments is not ["api" or "apis", _, ..] || ResourcePath.Parse(segments, Catalog) is not { } path)
            throw ApiException.NoSuchPath();
        return ResourceAsync(request, path, cancellation);
    }

    private ValueTask<LocalResponse> ResourceAsync(ApiRequest request, ResourcePath path, CancellationToken cancellation)
    {
        if (path.Kind.IsReviewOnly)
            return request.Method == "POST" && path.Name.Length == 0 ? TokenReviews.ReviewAsync(request, path, cancellation) : throw Impossible(request);
        if (path.Subresource.Length > 0)
            return SubresourceAsync(request, path);
        var isCollection = path.Name.Length == 0;
        var isAllNamespaces = path.Kind.IsNamespaced && path.Namespace.Length == 0;
        return request.Method switch
        {
            "GET" when request.Query.Flag("watch") => Ready(Watches.Watch(request, path)),
            "GET" => Ready(isCollection ? Reader.List(request, path) : Reader.Get(request, path)),
            "POST" when isCollection && !isAllNamespaces => Writer.CreateAsync(request, path),
            "PUT" when !isCollection => Writer.UpdateAsync(request, path, WriteMode.Main),
            "PATCH" when !isCollection => Writer.PatchAsync(request, path, WriteMode.Main),
            "DELETE" when !isCollection => Deletes.DeleteAsync(request, path),
            "DELETE" when !isAllNamespaces && ResourceVerbs.CanDeleteAll(path.Kind) => Deletes.DeleteAllAsync(request, path),
            _ => throw Impossible(request),
        };
    }

    private ValueTask<LocalResponse> SubresourceAsync(ApiRequest request, ResourcePath path)
    {
        var isStatus = path.Subresource == "status" && path.Kind.HasStatus;
        var isFinalize = path is { Subresource: "finalize", Kind: { Group: "", Kind: "Namespace" } };
        if (path is { Subresource: "token", Kind: { Group: "", Kind: "ServiceAccount" } } && request.Method == "POST")
            return Ready(TokenRequests.Issue(request, path));
        if (!isStatus && !isFinalize)
            throw ApiException.NoSuchPath();
        return request.Method switch
        {
            "GET" when isStatus => Ready(Reader.Get(request, path)),
            "PUT" => Writer.UpdateAsync(request, path, isStatus ? WriteMode.Status : WriteMode.Finalize),
            "PATCH" when isStatus => Writer.PatchAsync(request, path, WriteMode.Status),
            _ => throw Impossible(request),
        };
    }

    private static ApiException Impossible(ApiRequest request) => ApiException.MethodNotAllowed(request.Method, request.Path);

    private static ValueTask<LocalResponse> Ready(LocalResponse response) => ValueTask.FromResult(response);
}
