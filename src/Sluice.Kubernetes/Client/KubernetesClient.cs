using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sluice.Kubernetes.Access;
using Sluice.Resources;

namespace Sluice.Kubernetes.Client;

/// <summary>
/// The API of a Kubernetes cluster, as raw JSON over HTTP/2 or HTTP/1.1. Whatever goes wrong is an <see cref="ApiException"/>.
/// Thread-safe; one client serves a whole process.
/// </summary>
public sealed class KubernetesClient : IDisposable
{
    private readonly ApiTransport _transport;
    private readonly KubernetesClientOptions _options;

    public KubernetesClient(ClusterAccess access, KubernetesClientOptions? options = null)
    {
        Access = access;
        _options = options ?? KubernetesClientOptions.Default;
        _transport = new ApiTransport(access, _options);
    }

    public ClusterAccess Access { get; }

    /// <summary>The object as JSON.</summary>
    /// <exception cref="ApiException">404 when there is none.</exception>
    public Task<ReadOnlyMemory<byte>> GetAsync(ApiResource resource, NamespacedName name, CancellationToken cancellation = default) =>
        SendAsync(new ApiRequest(HttpMethod.Get, resource.ObjectPath(name, null), $"get {resource} {name}"), cancellation);

    /// <summary>The object as JSON; null when there is none, or no such kind.</summary>
    public async Task<ReadOnlyMemory<byte>?> FindAsync(ApiResource resource, NamespacedName name, CancellationToken cancellation = default)
    {
        try
        {
            return await GetAsync(resource, name, cancellation).ConfigureAwait(false);
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>What a path answers: "/version", "/apis/gateway.networking.k8s.io/v1".</summary>
    public Task<ReadOnlyMemory<byte>> GetPathAsync(string path, CancellationToken cancellation = default) =>
        SendAsync(new ApiRequest(HttpMethod.Get, path, $"get {path}"), cancellation);

    /// <summary>Creates the object, which must not exist, and gives it as it is stored.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="ns">Its namespace; "" for cluster-scoped kinds.</param>
    /// <param name="json">The whole object.</param>
    /// <param name="options">Null for <see cref="WriteOptions.Default"/>.</param>
    /// <param name="cancellation">Gives up waiting; the object may have been created all the same.</param>
    public Task<ReadOnlyMemory<byte>> CreateAsync(ApiResource resource, string ns, ReadOnlyMemory<byte> json, WriteOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(new ApiRequest(HttpMethod.Post, resource.CollectionPath(ns) + Query(options, force: false), $"create {resource} in {(ns.Length == 0 ? "the cluster" : ns)}") { Body = json }, cancellation);

    /// <summary>Puts the object in place of the one that exists; 409 when the resourceVersion in it is not the current one.</summary>
    public Task<ReadOnlyMemory<byte>> ReplaceAsync(ApiResource resource, NamespacedName name, ReadOnlyMemory<byte> json, WriteOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(Write(HttpMethod.Put, "replace", resource, name, options, force: false) with { Body = json }, cancellation);

    /// <summary>Changes a part of the object. A metadata.resourceVersion in a merge patch must be the current one: else 409.</summary>
    public Task<ReadOnlyMemory<byte>> PatchAsync(ApiResource resource, NamespacedName name, PatchType type, ReadOnlyMemory<byte> patch, WriteOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(
            Write(HttpMethod.Patch, "patch", resource, name, options, force: false) with
            {
                Body = patch,
                ContentType = type == PatchType.Json ? "application/json-patch+json" : "application/merge-patch+json",
            },
            cancellation);

    /// <summary>Server-side apply: the fields in the JSON become the manager's, those it had and leaves out go; creates what does not exist.</summary>
    /// <param name="resource">The kind.</param>
    /// <param name="name">Of the object.</param>
    /// <param name="json">apiVersion, kind, metadata.name and the manager's fields.</param>
    /// <param name="options">Field manager, force, and "status" when that is meant.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<ReadOnlyMemory<byte>> ApplyAsync(ApiResource resource, NamespacedName name, ReadOnlyMemory<byte> json, WriteOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(
            Write(HttpMethod.Patch, "apply", resource, name, options, force: (options ?? WriteOptions.Default).Force) with
            {
                Body = json,
                ContentType = "application/apply-patch+yaml",
            },
            cancellation);

    /// <summary>Deletes the object. Gives what the server answers: a Status, or the object that is on its way out.</summary>
    /// <exception cref="ApiException">404 when there is none; 409 when a precondition does not hold.</exception>
    public Task<ReadOnlyMemory<byte>> DeleteAsync(ApiResource resource, NamespacedName name, DeleteOptions? options = null, CancellationToken cancellation = default) =>
        SendAsync(new ApiRequest(HttpMethod.Delete, resource.ObjectPath(name, null), $"delete {resource} {name}") { Body = DeleteBody.Write(options ?? DeleteOptions.Default) }, cancellation);

    /// <summary>
    /// Lists in pages and hands on one object at a time. When the list becomes too old between two pages, the receiver is told to
    /// begin anew and gets all of it at once: what it has in the end shows one moment.
    /// </summary>
    /// <returns>The resourceVersion of that moment.</returns>
    public async Task<string> ListAsync(ApiResource resource, ResourceScope scope, IListReceiver receiver, CancellationToken cancellation = default)
    {
        var operation = $"list {resource}";
        var page = default(ListPage);
        do
        {
            var query = new QueryBuilder(scope).Add("limit", _options.PageSize.ToString(CultureInfo.InvariantCulture)).Add("continue", page.Continue);
            try
            {
                page = await PageAsync(resource, scope, query, operation, receiver, cancellation).ConfigureAwait(false);
            }
            catch (ApiException error) when (error.IsExpired && !string.IsNullOrEmpty(page.Continue))
            {
                receiver.Restart();
                page = await PageAsync(resource, scope, new QueryBuilder(scope), operation, receiver, cancellation).ConfigureAwait(false);
            }
        }
        while (page.Continue.Length > 0);
        return page.ResourceVersion;
    }

    /// <summary>Lists and keeps all of it.</summary>
    public async Task<ResourceList> ListAsync(ApiResource resource, ResourceScope? scope = null, CancellationToken cancellation = default)
    {
        var receiver = new ListCollector();
        var version = await ListAsync(resource, scope ?? ResourceScope.All, receiver, cancellation).ConfigureAwait(false);
        return new ResourceList(version, receiver.Items);
    }

    /// <summary>
    /// Follows changes until the server ends the watch. An event's object is valid until the next is asked for. A stream that
    /// breaks or stalls ends with an <see cref="ApiException"/>; ERROR events are given to the caller.
    /// </summary>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(ApiResource resource, ResourceScope scope, WatchOptions options, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var operation = $"watch {resource}";
        var query = new QueryBuilder(scope)
            .Add("watch", "true")
            .Add("allowWatchBookmarks", "true")
            .Add("resourceVersion", options.ResourceVersion)
            .Add("timeoutSeconds", options.Timeout is { } timeout ? Math.Max(1, (long)timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null);
        using var deadline = new Deadline(_options.Clock, cancellation);
        deadline.Set(_options.RequestTimeout);
        using var response = await deadline.GuardAsync(
            operation, token => _transport.SendAsync(new ApiRequest(HttpMethod.Get, resource.CollectionPath(scope.Namespace) + query, operation), token)).ConfigureAwait(false);
        options.Opened?.Invoke();
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using var reader = new WatchReader(stream, _options.MaxObjectBytes);
        while (true)
        {
            deadline.Set(options.StallTimeout);
            var next = await deadline.GuardAsync(operation, token => ReadEventAsync(operation, reader, token)).ConfigureAwait(false);
            if (next is not { } change)
                yield break;
            deadline.Set(null);
            yield return change;
        }
    }

    public void Dispose() => _transport.Dispose();

    private async Task<WatchEvent?> ReadEventAsync(string operation, WatchReader reader, CancellationToken cancellation)
    {
        try
        {
            return await reader.ReadAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or IOException or HttpRequestException)
        {
            throw _transport.Broken(operation, error);
        }
    }

    private async Task<ListPage> PageAsync(ApiResource resource, ResourceScope scope, QueryBuilder query, string operation, IListReceiver receiver, CancellationToken cancellation)
    {
        using var deadline = new Deadline(_options.Clock, cancellation);
        deadline.Set(_options.ListPageTimeout);
        return await deadline.GuardAsync(operation, ReadAsync).ConfigureAwait(false);

        async Task<ListPage> ReadAsync(CancellationToken token)
        {
            using var response = await _transport.SendAsync(new ApiRequest(HttpMethod.Get, resource.CollectionPath(scope.Namespace) + query, operation), token).ConfigureAwait(false);
            try
            {
                var stream = await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
                return await new ListPageReader(stream, resource, _options, receiver).ReadAsync(token).ConfigureAwait(false);
            }
            catch (Exception error) when (error is JsonException or InvalidDataException or IOException or HttpRequestException)
            {
                throw _transport.Broken(operation, error);
            }
        }
    }

    private async Task<ReadOnlyMemory<byte>> SendAsync(ApiRequest request, CancellationToken cancellation)
    {
        using var deadline = new Deadline(_options.Clock, cancellation);
        deadline.Set(_options.RequestTimeout);
        return await deadline.GuardAsync(request.Operation, ReadAsync).ConfigureAwait(false);

        async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken token)
        {
            using var response = await _transport.SendAsync(request, token).ConfigureAwait(false);
            try
            {
                var stream = await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
                using var buffer = new GrowingBuffer(stream, _options.MaxObjectBytes);
                while (await buffer.FillAsync(token).ConfigureAwait(false))
                {
                }

                return buffer.Unused.ToArray();
            }
            catch (Exception error) when (error is InvalidDataException or IOException or HttpRequestException)
            {
                throw _transport.Broken(request.Operation, error);
            }
        }
    }

    private static ApiRequest Write(HttpMethod method, string verb, ApiResource resource, NamespacedName name, WriteOptions? options, bool force)
    {
        var subresource = (options ?? WriteOptions.Default).Subresource;
        var what = subresource is null ? resource.ToString() : $"{resource}/{subresource}";
        return new ApiRequest(method, resource.ObjectPath(name, subresource) + Query(options, force), $"{verb} {what} {name}");
    }

    private static string Query(WriteOptions? options, bool force)
    {
        var write = options ?? WriteOptions.Default;
        return new QueryBuilder()
            .Add("fieldManager", write.FieldManager)
            .Add("force", force ? "true" : null)
            .Add("dryRun", write.DryRun ? "All" : null)
            .ToString();
    }
}
