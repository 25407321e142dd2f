using System.Buffers;
using System.Globalization;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Reading;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Selectors;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Views;
using Sluice.ApiServer.Writing;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Deleting;

/// <summary>delete and deletecollection.</summary>
internal sealed class DeleteHandler(ObjectStore store, ObjectDeleter deleter, IDurability durability, TimeProvider clock)
{
    private static readonly string[] KeptNamespaces = ["default", "kube-system", "kube-public"];

    public async ValueTask<LocalResponse> DeleteAsync(ApiRequest request, ResourcePath path)
    {
        var options = DeleteOptions.Read(request);
        var view = new ObjectView(request, path, clock);
        if (path.Kind is { Group: "", Kind: "Namespace" })
            CheckNamespace(path);
        while (true)
        {
            var current = store.Find(path.Kind, new ObjectKey(path.Namespace, path.Name)) ?? throw ApiException.NotFound(path.Kind, path.Name);
            CheckFile(path, current);
            durability.CheckAllowed();
            durability.CheckUntouched(current, isRemoval: true);
            CheckPreconditions(options, path, current);
            if (options.IsDryRun)
                return Deleted(path, current);
            durability.CheckKeeping(current.Kind);
            if (deleter.TryDelete(current, options.IsOrphaning) is not { } outcome)
                continue;
            await durability.WaitAsync(outcome.Object.Version).ConfigureAwait(false);
            return outcome.IsGone ? Deleted(path, outcome.Object) : view.Response(outcome.Object, 200);
        }
    }

    public async ValueTask<LocalResponse> DeleteAllAsync(ApiRequest request, ResourcePath path)
    {
        durability.CheckAllowed();
        var options = DeleteOptions.Read(request);
        var view = new ObjectView(request, path, clock);
        var filter = new ObjectFilter(path.Kind, path.Namespace, request.Query);
        var bounds = ListBounds.Of(request.Query, path.Kind, store);
        var limit = request.Query.Number("limit") is { } given and > 0 and < int.MaxValue ? (int)given : int.MaxValue;
        var (items, _) = ObjectReader.Page(bounds, filter, limit);
        if (!options.IsDryRun)
            durability.CheckKeeping(path.Kind.Storage);
        var done = new List<StoredObject>();
        foreach (var item in items)
        {
            if (item.File is not null)
                continue;
            if (options.IsDryRun)
                done.Add(item);
            else if (Delete(path, item.Key, options) is { } last)
                done.Add(last);
        }

        await durability.WaitAsync(store.Version).ConfigureAwait(false);
        var body = new ArrayBufferWriter<byte>();
        view.WriteListStart(body);
        for (var i = 0; i < done.Count; i++)
        {
            if (i > 0)
                body.Write(","u8);
            view.WriteListItem(body, done[i]);
        }

        ObjectView.WriteListEnd(body, ObjectView.MetadataOfList(store.Version, null, null));
        return new LocalResponse(200, "application/json", body.WrittenMemory);
    }

    private StoredObject? Delete(ResourcePath path, ObjectKey key, DeleteOptions options)
    {
        while (store.Find(path.Kind, key) is { } current)
        {
            if (deleter.TryDelete(current, options.IsOrphaning) is { } outcome)
                return outcome.Object;
        }

        return null;
    }

    private void CheckNamespace(ResourcePath path)
    {
        if (KeptNamespaces.Contains(path.Name))
            throw ApiException.Forbidden(path.Kind, path.Name, "this namespace cannot be deleted");
        if (store.FileObjectIn(path.Name) is { } held)
            throw ApiException.Forbidden(path.Kind, path.Name, $"{held.Kind.Kind} {held.Key.Name} in it is defined in the file {held.File}; take it out there first");
    }

    private static void CheckFile(ResourcePath path, StoredObject current)
    {
        if (current.File is { } file)
            throw ApiException.Forbidden(path.Kind, path.Name, $"it is defined in the file {file}; take it out there");
    }

    private static void CheckPreconditions(DeleteOptions options, ResourcePath path, StoredObject current)
    {
        var uid = JsonProbe.Text(current.Json, "metadata", "uid");
        if (options.Uid is not null && options.Uid != uid)
            throw ApiException.Conflict(path.Kind, path.Name, $"the request is for the uid {options.Uid}, the object has {uid}");
        var version = current.Version.ToString(CultureInfo.InvariantCulture);
        if (options.Version is not null && options.Version != version)
            throw ApiException.Conflict(path.Kind, path.Name, $"the request is for the resourceVersion {options.Version}, the object has {version}");
    }

    private static LocalResponse Deleted(ResourcePath path, StoredObject last) => new ApiStatus(200, "", "")
    {
        Name = path.Name,
        Group = path.Kind.Group,
        Kind = path.Kind.Plural,
        Uid = JsonProbe.Text(last.Json, "metadata", "uid"),
    }.ToResponse();
}
