using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Views;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Writing;

/// <summary>create, update and the patches.</summary>
/// <param name="store">The objects.</param>
/// <param name="admission">Makes what is stored of what is sent.</param>
/// <param name="durability">Keeps it.</param>
/// <param name="clock">The time.</param>
/// <param name="maxBytes">Of all objects together.</param>
internal sealed class ObjectWriter(ObjectStore store, ObjectAdmission admission, IDurability durability, TimeProvider clock, long maxBytes)
{
    /// <summary>Times that a change begins again because someone else was quicker.</summary>
    private const int MaxAttempts = 50;

    public async ValueTask<LocalResponse> CreateAsync(ApiRequest request, ResourcePath path)
    {
        var context = new WriteContext(request, path, WriteMode.Main, clock.GetUtcNow());
        var view = new ObjectView(request, path, clock);
        var value = VersionConversion.FromClient(RequestBody.Object(context), path.Kind);
        admission.Create(context, value);
        var stored = await CreateAsync(context, value).ConfigureAwait(false)
            ?? throw ApiException.AlreadyExists(path.Kind, context.Name);
        return view.Response(stored, 201, context.Warnings);
    }

    public ValueTask<LocalResponse> UpdateAsync(ApiRequest request, ResourcePath path, WriteMode mode)
    {
        var context = new WriteContext(request, path, mode, clock.GetUtcNow());
        var body = RequestBody.Object(context);
        if (path.Kind.IsCustom && string.IsNullOrEmpty(body.Text("metadata", "resourceVersion")))
            throw ApiException.Invalid(path.Kind, path.Name, "metadata.resourceVersion", "must be given for an update, as it was read");
        return ChangeAsync(context, _ => body.Copy());
    }

    public ValueTask<LocalResponse> PatchAsync(ApiRequest request, ResourcePath path, WriteMode mode)
    {
        var context = new WriteContext(request, path, mode, clock.GetUtcNow());
        if (request.ContentType is "application/apply-patch+yaml" or "application/apply-patch+json")
            return new ApplyWriter(store, admission, this, clock).ApplyAsync(context);
        var patch = PatchBody.Read(context);
        return ChangeAsync(context, live => PatchBody.Apply(patch, live, context));
    }

    /// <summary>Changes an object that is there.</summary>
    /// <param name="context">The write.</param>
    /// <param name="change">From the object as the client sees it to the object as it is to be. Repeated when someone else was quicker.</param>
    private async ValueTask<LocalResponse> ChangeAsync(WriteContext context, Func<JsonObject, JsonObject> change)
    {
        var path = context.Path;
        var view = new ObjectView(context.Request, path, clock);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var current = store.Find(path.Kind, new ObjectKey(path.Namespace, path.Name)) ?? throw ApiException.NotFound(path.Kind, path.Name);
            var live = JsonReading.ParseStored(current.Json);
            var value = change(VersionConversion.ToClient(live.Copy(), path.Kind, path.Version));
            RequestBody.CheckType(path, value);
            CheckVersion(context, value, current);
            value = VersionConversion.FromClient(value, path.Kind);
            admission.Update(context, value, live);
            if (await ReplaceAsync(context, value, current).ConfigureAwait(false) is { } stored)
                return view.Response(stored, 200, context.Warnings);
            Restart(context);
        }

        throw ApiException.VersionConflict(path.Kind, path.Name);
    }

    /// <summary>Null when there is such an object already.</summary>
    public async ValueTask<StoredObject?> CreateAsync(WriteContext context, JsonObject value)
    {
        durability.CheckAllowed();
        var key = new ObjectKey(context.Kind.IsNamespaced ? context.Path.Namespace : "", context.Name);
        if (context.IsDryRun)
            return store.Find(context.Kind, key) is null ? Unsaved(context, key, value, 0) : null;
        durability.CheckKeeping(context.Kind);
        CheckRoom(CanonicalJson.Serialize(value).Length);
        switch (store.TryPut(context.Kind, key, null, value, null, out var stored))
        {
            case CommitOutcome.Done:
                await durability.WaitAsync(stored!.Version).ConfigureAwait(false);
                return stored;
            case CommitOutcome.NoNamespace:
                throw new ApiException(new ApiStatus(404, "NotFound", $"namespaces \"{key.Namespace}\" not found") { Name = key.Namespace, Kind = "namespaces" });
            case CommitOutcome.NamespaceTerminating:
                throw ApiException.Forbidden(
                    context.Path.Kind,
                    key.Name,
                    $"nothing can be made in the namespace {key.Namespace}, because it is being terminated",
                    new StatusCause("NamespaceTerminating", $"namespace {key.Namespace} is being terminated", "metadata.namespace"));
            default:
                return null;
        }
    }

    /// <summary>Null when the object has changed meanwhile.</summary>
    public async ValueTask<StoredObject?> ReplaceAsync(WriteContext context, JsonObject value, StoredObject current)
    {
        if (current.File is { } file && context.Mode == WriteMode.Main)
            throw ApiException.Forbidden(context.Path.Kind, context.Name, $"it is defined in the file {file}; change it there");
        if (context.Mode != WriteMode.Status)
            durability.CheckAllowed();
        if (context.Mode == WriteMode.Main)
            durability.CheckUntouched(current, isRemoval: false);
        value.Child("metadata")["resourceVersion"] = current.Version.ToString(CultureInfo.InvariantCulture);
        var json = CanonicalJson.Serialize(value);
        if (json.AsSpan().SequenceEqual(current.Json))
            return current;
        if (context.IsDryRun)
            return new StoredObject(current.Kind, current.Key, current.Version, json);
        durability.CheckKeeping(context.Kind);
        CheckRoom(json.Length - current.Json.Length);
        if (IsFinished(value))
        {
            if (!store.TryRemove(current, out var last))
                return null;
            await durability.WaitAsync(last.Version).ConfigureAwait(false);
            return new StoredObject(current.Kind, current.Key, last.Version, JsonProbe.WithVersion(json, last.Version));
        }

        if (store.TryPut(context.Kind, current.Key, current, value, current.File, out var stored) != CommitOutcome.Done)
            return null;
        await durability.WaitAsync(stored!.Version).ConfigureAwait(false);
        return stored;
    }

    /// <summary>Before another attempt: what the last one found does not count.</summary>
    public static void Restart(WriteContext context)
    {
        context.Causes.Clear();
        context.Unknown.Clear();
        context.Warnings.Clear();
    }

    /// <summary>An object that was to be deleted goes with its last finalizer. Namespaces go when they are empty, which is looked after elsewhere.</summary>
    private static bool IsFinished(JsonObject value) =>
        value.Text("metadata", "deletionTimestamp") is not null && value.Text("kind") != "Namespace" && value.List("metadata", "finalizers") is not { Count: > 0 };

    /// <summary>A client that tells a version insists on it.</summary>
    private static void CheckVersion(WriteContext context, JsonObject value, StoredObject current)
    {
        if (value.Text("metadata", "resourceVersion") is { Length: > 0 } wanted && wanted != current.Version.ToString(CultureInfo.InvariantCulture))
            throw ApiException.VersionConflict(context.Path.Kind, context.Name);
    }

    /// <summary>Objects that shrink, and those that go, make room, and so are never refused.</summary>
    private void CheckRoom(int growth)
    {
        if (growth > 0 && store.Bytes + growth > maxBytes)
            throw ApiException.NoRoom($"all objects together have {store.Bytes} bytes, at most {maxBytes} are kept: delete some");
    }

    private static StoredObject Unsaved(WriteContext context, ObjectKey key, JsonObject value, long version) =>
        new(context.Kind, key, version, CanonicalJson.Serialize(value));
}
