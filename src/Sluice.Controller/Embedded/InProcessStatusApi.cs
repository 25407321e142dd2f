using System.Text;
using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Client;
using Sluice.Proxy.Local;
using Sluice.Resources;

namespace Sluice.Controller.Embedded;

/// <summary>Writes statuses to the API in this process, with the requests that a controller elsewhere would send.</summary>
/// <param name="handler">The API's.</param>
/// <param name="token">What the API wants; null for none.</param>
internal sealed class InProcessStatusApi(ILocalHandler handler, string? token) : IStatusApi
{
    /// <summary>In managedFields.</summary>
    private const string Manager = "sluice";

    private readonly Dictionary<string, string> _headers = new()
    {
        ["host"] = "localhost",
        ["accept"] = "application/json",
        ["content-type"] = "application/merge-patch+json",
        ["authorization"] = token is null ? "" : $"Bearer {token}",
    };

    public async Task<ReadOnlyMemory<byte>?> FindAsync(string kind, NamespacedName key, CancellationToken cancellation)
    {
        try
        {
            return await SendAsync("GET", kind, key, "", default, cancellation);
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            return null;
        }
    }

    public Task<ReadOnlyMemory<byte>> PatchAsync(string kind, NamespacedName key, ReadOnlyMemory<byte> patch, CancellationToken cancellation) =>
        SendAsync("PATCH", kind, key, "/status", patch, cancellation);

    private async Task<ReadOnlyMemory<byte>> SendAsync(string method, string kind, NamespacedName key, string subresource, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        var resource = EmbeddedKinds.Of(kind);
        var version = resource.ApiVersion(resource.Versions[0]);
        var path = new StringBuilder(resource.Group.Length == 0 ? "/api/" : "/apis/").Append(version);
        if (resource.IsNamespaced)
            path.Append("/namespaces/").Append(key.Namespace);
        path.Append('/').Append(resource.Plural).Append('/').Append(key.Name).Append(subresource);
        var answer = await handler.HandleAsync(new LocalRequest(method, path.ToString(), $"fieldManager={Manager}", _headers, body), cancellation);
        return answer.StatusCode < 300 ? answer.Body : throw ApiException.FromStatus($"{method} of {kind} {key}", answer.Body.Span);
    }
}
