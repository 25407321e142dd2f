using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Apply;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Views;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Writing;

/// <summary>Server-side apply.</summary>
internal sealed class ApplyWriter(ObjectStore store, ObjectAdmission admission, ObjectWriter writer, TimeProvider clock)
{
    private const int MaxAttempts = 50;
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    public async ValueTask<LocalResponse> ApplyAsync(WriteContext context)
    {
        var path = context.Path;
        var view = new ObjectView(context.Request, path, clock);
        if (context.Request.Query["fieldManager"] is null)
            throw ApiException.BadRequest("fieldManager: is required for apply patches");
        var force = context.Request.Query.Flag("force");
        var applied = Applied(context);
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var current = store.Find(path.Kind, new ObjectKey(path.Namespace, path.Name));
            var stored = current is null
                ? await CreateAsync(context, applied, force).ConfigureAwait(false)
                : await UpdateAsync(context, applied, current, force).ConfigureAwait(false);
            if (stored is not null)
                return view.Response(stored, current is null ? 201 : 200, context.Warnings);
            ObjectWriter.Restart(context);
        }

        throw ApiException.VersionConflict(path.Kind, path.Name);
    }

    private ValueTask<StoredObject?> CreateAsync(WriteContext context, JsonObject applied, bool force)
    {
        if (context.Mode != WriteMode.Main)
            throw ApiException.NotFound(context.Path.Kind, context.Name);
        if (applied.Text("metadata", "uid") is { Length: > 0 })
            throw ApiException.Conflict(context.Path.Kind, context.Name, $"{context.Path.Kind.QualifiedPlural} \"{context.Name}\" cannot be applied with a uid: there is no such object");
        var (value, entries) = FieldManagers.Apply(context, null, applied, context.Kind.Schema, force);
        admission.Create(context, value, entries);
        return writer.CreateAsync(context, value);
    }

    private async ValueTask<StoredObject?> UpdateAsync(WriteContext context, JsonObject applied, StoredObject current, bool force)
    {
        if (applied.Text("metadata", "resourceVersion") is { Length: > 0 } version && version != current.Version.ToString(CultureInfo.InvariantCulture))
            throw ApiException.VersionConflict(context.Path.Kind, context.Name);
        var live = JsonReading.ParseStored(current.Json);
        var (value, entries) = FieldManagers.Apply(context, live, applied, context.Kind.Schema, force);
        KeepLastApplied(context, value, live, applied);
        admission.Update(context, value, live, entries);
        return await writer.ReplaceAsync(context, value, current).ConfigureAwait(false);
    }

    /// <summary>What the client applies, in the version that is stored, without what this path does not take.</summary>
    private static JsonObject Applied(WriteContext context)
    {
        var body = context.Request.Body.Span;
        JsonObject value;
        if (body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
        {
            var duplicates = new List<string>();
            value = JsonReading.ParseObject(body, duplicates);
            context.Unknown.AddRange(duplicates.Select(path => $"duplicate field \"{path}\""));
        }
        else
        {
            value = YamlReading.ParseObject(body);
        }

        RequestBody.CheckType(context.Path, value);
        if (value.List("metadata", "managedFields") is { Count: > 0 })
            throw ApiException.BadRequest("metadata.managedFields: must be absent in what is applied");
        value = VersionConversion.FromClient(value, context.Path.Kind);
        MetadataPreparation.Identify(context, value);
        if (context.Mode == WriteMode.Main)
        {
            if (context.Kind.HasStatus)
                value.Remove("status");
            return value;
        }

        var part = context.Mode == WriteMode.Status ? "status" : "spec";
        foreach (var name in value.Select(pair => pair.Key).ToList())
        {
            if (name is not ("apiVersion" or "kind" or "metadata") && name != part)
                value.Remove(name);
        }

        var metadata = value.Child("metadata");
        foreach (var name in metadata.Select(pair => pair.Key).ToList())
        {
            if (name is not ("name" or "namespace" or "uid" or "resourceVersion"))
                metadata.Remove(name);
        }

        return value;
    }

    /// <summary>Lets kubectl's client-side apply go on from what its server-side apply did.</summary>
    private static void KeepLastApplied(WriteContext context, JsonObject value, JsonObject live, JsonObject applied)
    {
        if (context.Request.FieldManager != "kubectl" || context.Mode != WriteMode.Main || live.Text("metadata", "annotations", LastApplied) is null)
            return;
        var last = applied.Copy();
        last.Map("metadata", "annotations")?.Remove(LastApplied);
        value.Child("metadata").Child("annotations")[LastApplied] = System.Text.Encoding.UTF8.GetString(CanonicalJson.Serialize(last)) + "\n";
    }
}
