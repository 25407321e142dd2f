using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Writing;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Apply;

/// <summary>Keeps metadata.managedFields: who has which field, for every way to write, and who is in whose way.</summary>
internal static class FieldManagers
{
    /// <summary>Entries of managers that update; the oldest of more become one entry.</summary>
    private const int MaxUpdaters = 10;
    private const string OlderUpdaters = "ancient-changes";

    /// <summary>Owner of what was there before fields had owners.</summary>
    private const string Unknown = "before-first-apply";

    /// <summary>After a create, update or patch: the manager has what it changed, and the others lose it.</summary>
    /// <param name="context">The write.</param>
    /// <param name="value">The object as it is to be.</param>
    /// <param name="live">The object as it is; null when it is new.</param>
    /// <param name="schema">Of the kind.</param>
    public static void Update(WriteContext context, JsonObject value, JsonObject? live, SchemaNode schema)
    {
        var metadata = value.Child("metadata");
        var entries = Given(metadata, live);
        var comparison = FieldComparison.Of(live ?? [], value, schema);
        var lost = comparison.Changed.Union(comparison.Removed);
        var manager = context.Request.FieldManager;
        var subresource = Subresource(context);
        var own = entries.Find(entry => entry.IsOf(manager, ManagedEntry.Update, subresource));
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] != own)
                entries[i] = entries[i] with { Fields = entries[i].Fields.Except(lost) };
        }

        var fields = (own?.Fields ?? new FieldSet()).Except(comparison.Removed).Union(comparison.Changed);
        Replace(entries, own, new ManagedEntry(manager, ManagedEntry.Update, subresource, context.Path.ApiVersion, MetadataPreparation.Time(context.Now), fields));
        Write(metadata, Cap(entries));
    }

    /// <summary>Server-side apply: puts the applied values over the live object.</summary>
    /// <param name="context">The write.</param>
    /// <param name="live">The object as it is, in the version that is stored; null when it is new.</param>
    /// <param name="applied">What the manager wants, in the same version.</param>
    /// <param name="schema">Of the kind.</param>
    /// <param name="force">Whether fields of others are taken.</param>
    /// <returns>The object as it is to be, and its managers.</returns>
    /// <exception cref="ApiException">409: fields belong to others.</exception>
    public static (JsonObject Value, IReadOnlyList<ManagedEntry> Entries) Apply(WriteContext context, JsonObject? live, JsonObject applied, SchemaNode schema, bool force)
    {
        var manager = context.Request.FieldManager;
        var subresource = Subresource(context);
        var entries = ManagedEntry.ReadAll(live?.At("metadata", "managedFields")) ?? [];
        if (live is not null && entries.Count == 0)
            entries.Add(new ManagedEntry(Unknown, ManagedEntry.Update, "", context.Path.ApiVersion, MetadataPreparation.Time(context.Now), OwnedFields.Of(live, schema)));
        var own = entries.Find(entry => entry.IsOf(manager, ManagedEntry.Apply, subresource));
        var wanted = OwnedFields.Of(applied, schema);
        var merged = AppliedMerge.Merge(live?.Copy() ?? [], applied, schema);
        if (own is not null)
        {
            // What the manager has applied before and no longer gives goes, unless someone else has it too.
            var others = entries.Where(entry => entry != own).Aggregate(wanted, (sum, entry) => sum.Union(entry.Fields));
            AppliedMerge.Remove(merged, own.Fields.Except(others), schema);
        }

        // With defaults, so that a list that was given without them is no other list.
        Defaulting.Apply(context.Kind.Definition, merged);
        var comparison = FieldComparison.Of(live ?? [], merged, schema);
        Take(context, entries, own, comparison, force);
        var entry = new ManagedEntry(manager, ManagedEntry.Apply, subresource, context.Path.ApiVersion, MetadataPreparation.Time(context.Now), wanted);
        Replace(entries, own, entry);
        return (merged, entries);
    }

    /// <summary>Writes managers into metadata; those without fields go.</summary>
    public static void Write(JsonObject metadata, IEnumerable<ManagedEntry> entries)
    {
        var list = new JsonArray([.. entries.Where(entry => !entry.Fields.IsEmpty).Select(entry => entry.ToJson())]);
        metadata.Put("managedFields", list.Count == 0 ? null : list);
    }

    private static void Take(WriteContext context, List<ManagedEntry> entries, ManagedEntry? own, FieldComparison comparison, bool force)
    {
        var conflicts = new List<(ManagedEntry Entry, FieldSet Fields)>();
        foreach (var entry in entries)
        {
            if (entry != own && entry.Fields.Intersect(comparison.Changed).Trim() is { IsEmpty: false } fields)
                conflicts.Add((entry, fields));
        }

        if (conflicts.Count > 0 && !force)
            throw Conflict(context, conflicts);
        var lost = comparison.Changed.Union(comparison.Removed);
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] != own)
                entries[i] = entries[i] with { Fields = entries[i].Fields.Except(lost) };
        }
    }

    private static ApiException Conflict(WriteContext context, List<(ManagedEntry Entry, FieldSet Fields)> conflicts)
    {
        var causes = new List<StatusCause>();
        foreach (var (entry, fields) in conflicts)
        {
            foreach (var path in fields.Paths())
                causes.Add(new StatusCause(StatusCause.ManagerConflict, $"conflict with {Describe(entry)}", path));
        }

        var text = string.Join("; ", conflicts.Select(conflict => $"conflict with {Describe(conflict.Entry)}: {string.Join(", ", conflict.Fields.Paths())}"));
        var count = causes.Count == 1 ? "1 conflict" : $"{causes.Count} conflicts";
        return ApiException.Conflict(context.Path.Kind, context.Name, $"Apply failed with {count}: {text}", causes);
    }

    private static string Describe(ManagedEntry entry)
    {
        var text = $"\"{entry.Manager}\"";
        if (entry.Subresource.Length > 0)
            text += $" with subresource \"{entry.Subresource}\"";
        return entry.Operation == ManagedEntry.Update ? $"{text} using {entry.ApiVersion}" : text;
    }

    /// <summary>The managers to start from: a client may set them, and an entry without content clears them.</summary>
    private static List<ManagedEntry> Given(JsonObject metadata, JsonObject? live)
    {
        if (metadata["managedFields"] is JsonArray { Count: > 0 } given)
        {
            if (given is [JsonObject { Count: 0 }])
                return [];
            if (ManagedEntry.ReadAll(given) is { } entries)
                return entries;
        }

        return ManagedEntry.ReadAll(live?.At("metadata", "managedFields")) ?? [];
    }

    private static void Replace(List<ManagedEntry> entries, ManagedEntry? own, ManagedEntry entry)
    {
        if (own is null)
            entries.Add(entry);
        else
            entries[entries.IndexOf(own)] = own.Fields.SameAs(entry.Fields) && own.ApiVersion == entry.ApiVersion ? own : entry;
    }

    private static List<ManagedEntry> Cap(List<ManagedEntry> entries)
    {
        var updaters = entries.Where(entry => entry.Operation == ManagedEntry.Update && entry.Subresource.Length == 0 && !entry.Fields.IsEmpty).ToList();
        if (updaters.Count <= MaxUpdaters)
            return entries;
        var old = updaters.OrderBy(entry => entry.Time, StringComparer.Ordinal).Take(updaters.Count - MaxUpdaters + 1).ToList();
        var merged = old[0] with { Manager = OlderUpdaters, Fields = old.Skip(1).Aggregate(old[0].Fields, (sum, entry) => sum.Union(entry.Fields)) };
        return [.. entries.Where(entry => !old.Contains(entry)), merged];
    }

    private static string Subresource(WriteContext context) => context.Mode switch
    {
        WriteMode.Status => "status",
        WriteMode.Finalize => "finalize",
        _ => "",
    };
}
