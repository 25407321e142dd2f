using System.Text.Json.Nodes;
using Sluice.ApiServer.Apply;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Rules;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Writing;

/// <summary>Makes of what a client has sent the object that is stored: server's fields, defaults, checks, owners of fields.</summary>
internal sealed class ObjectAdmission(KindRules rules)
{
    /// <summary>Bytes of one object: 1.5 MiB, what etcd takes.</summary>
    private const int MaxObjectBytes = 3 << 19;

    /// <param name="context">The write.</param>
    /// <param name="value">In the version that is stored. Changed.</param>
    /// <param name="entries">Owners of fields, when server-side apply has found them; else they are found here.</param>
    /// <exception cref="ApiException">The object cannot be made.</exception>
    public void Create(WriteContext context, JsonObject value, IReadOnlyList<ManagedEntry>? entries = null)
    {
        var metadata = MetadataPreparation.Identify(context, value);
        if (metadata.Text("resourceVersion") is { Length: > 0 })
            throw ApiException.BadRequest("metadata.resourceVersion: must be absent on an object that is to be made");
        if (!MetadataPreparation.TryName(metadata))
            throw ApiException.Invalid(context.Path.Kind, "", "metadata.name", "name or generateName is required", StatusCause.Required);
        context.Name = metadata.Text("name")!;
        MetadataPreparation.ForCreate(context, metadata);
        if (context.Kind.HasStatus)
            value.Remove("status");
        Shape(context, value, null);
        Finish(context, value, null, entries);
    }

    /// <param name="context">The write.</param>
    /// <param name="value">As it is to be, in the version that is stored. Changed.</param>
    /// <param name="live">As it is.</param>
    /// <param name="entries">Owners of fields, when server-side apply has found them; else they are found here.</param>
    /// <exception cref="ApiException">The object cannot be changed so.</exception>
    public void Update(WriteContext context, JsonObject value, JsonObject live, IReadOnlyList<ManagedEntry>? entries = null)
    {
        var metadata = MetadataPreparation.Identify(context, value);
        if (metadata.Text("uid") is { Length: > 0 } uid && uid != live.Text("metadata", "uid"))
            throw ApiException.Conflict(context.Path.Kind, context.Name, $"the object has the uid {live.Text("metadata", "uid")}, the request is for {uid}: it was made anew meanwhile");
        MetadataPreparation.ForUpdate(metadata, (JsonObject)live["metadata"]!);
        Restrict(context, value, live);
        Shape(context, value, live);
        CountGeneration(context, value, live);
        Finish(context, value, live, entries);
    }

    /// <summary>Keeps the parts that this path does not change.</summary>
    private static void Restrict(WriteContext context, JsonObject value, JsonObject live)
    {
        if (context.Mode == WriteMode.Main)
        {
            if (context.Kind.HasStatus)
                value.Put("status", live["status"]?.DeepClone());
            return;
        }

        var part = context.Mode == WriteMode.Status ? "status" : "spec";
        foreach (var name in value.Select(pair => pair.Key).Union(live.Select(pair => pair.Key), StringComparer.Ordinal).ToList())
        {
            if (name is not ("metadata" or "apiVersion" or "kind") && name != part)
                value.Put(name, live[name]?.DeepClone());
        }

        var managed = value["metadata"]?["managedFields"]?.DeepClone();
        var metadata = live["metadata"]!.DeepClone();
        ((JsonObject)metadata).Put("managedFields", managed);
        value["metadata"] = metadata;
    }

    private void Shape(WriteContext context, JsonObject value, JsonObject? live)
    {
        var isMain = context.Mode == WriteMode.Main;
        var binds = isMain && BinderCheck.Knows(context.Kind);
        var own = rules.Of(context.Kind);
        if (binds)
            BinderCheck.Check(context, value);
        if (context.Causes.Count > 0)
            context.ThrowIfWrong();
        DropUnknown(context, value);
        Defaulting.Apply(context.Kind.Definition, value);
        if (isMain || context.Kind is { Group: "", Kind: "Namespace" })
            own?.Prepare(context, value, live);
        CheckValues(context, value, binds);
        MetadataCheck.Check(context, value.Child("metadata"), live);
        if (isMain)
            own?.Check(context, value, live);
        if (isMain && live is not null)
            ImmutableFields.Check(context, value, live, context.Kind.Schema, "");
        context.ThrowIfWrong();
    }

    /// <summary>Those that the checks before have not told of are told of here.</summary>
    private static void DropUnknown(WriteContext context, JsonObject value)
    {
        foreach (var path in StructuralCheck.Prune(context.Kind.Schema, value))
        {
            var text = $"unknown field \"{path}\"";
            if (!context.Unknown.Exists(known => known.StartsWith(text, StringComparison.Ordinal)))
                context.Unknown.Add(text);
        }
    }

    /// <summary>What manifests are checked for anyway is not checked twice: then only types are.</summary>
    private static void CheckValues(WriteContext context, JsonObject value, bool binds)
    {
        if (context.Mode == WriteMode.Status)
        {
            if (value.TryGetPropertyValue("status", out var status) && context.Kind.Schema.Child("status") is { } node)
                new ValueCheck(context).Check(status, node, "status");
        }
        else if (!binds)
        {
            new ValueCheck(context).Check(value, context.Kind.Schema, "");
        }
        else
        {
            foreach (var finding in StructuralCheck.Check(context.Kind.Schema, value).Where(finding => !finding.IsUnknown))
                context.Invalid(finding.Path, finding.Message, "FieldValueTypeInvalid");
        }
    }

    private static void CountGeneration(WriteContext context, JsonObject value, JsonObject live)
    {
        if (context.Mode != WriteMode.Main || !context.Kind.HasGeneration)
            return;
        var isSame = value.Select(pair => pair.Key).Union(live.Select(pair => pair.Key), StringComparer.Ordinal)
            .All(name => name is "metadata" or "status" or "apiVersion" or "kind" || JsonNodes.Same(value[name], live[name]));
        if (!isSame)
            value.Child("metadata")["generation"] = (live.Integer("metadata", "generation") ?? 0) + 1;
    }

    private static void Finish(WriteContext context, JsonObject value, JsonObject? live, IReadOnlyList<ManagedEntry>? entries)
    {
        var metadata = value.Child("metadata");
        if (entries is null)
            FieldManagers.Update(context, value, live, context.Kind.Schema);
        else
            FieldManagers.Write(metadata, entries);

        // What could not be read again would stand in the way of everything that looks at it.
        if (!JsonNodes.IsAtMost(value, JsonReading.MaxDepth))
            throw ApiException.Invalid(context.Path.Kind, context.Name, "", $"objects and lists must not be nested deeper than {JsonReading.MaxDepth} levels, those of metadata.managedFields included");
        var size = CanonicalJson.Serialize(value).Length;
        if (size > MaxObjectBytes)
            throw ApiException.TooLarge($"the object has {size} bytes, at most {MaxObjectBytes} are kept");
    }
}
