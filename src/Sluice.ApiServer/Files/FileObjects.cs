using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Rules;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Views;
using Sluice.ApiServer.Writing;
using Sluice.Resources.Schemas;

namespace Sluice.ApiServer.Files;

/// <summary>
/// Shows the objects of the user's files: they come and go with the files, have generations and status like others, and cannot be
/// changed here. Namespaces that such objects name are there as long as the objects are.
/// </summary>
internal sealed class FileObjects(ObjectStore store, KindCatalog catalog, TimeProvider clock)
{
    /// <summary>Names the file, and where in it the object begins.</summary>
    public const string Annotation = "sluice.dev/file";

    private readonly Lock _gate = new();
    private readonly HashSet<(ResourceKind Kind, ObjectKey Key)> _shown = [];

    /// <summary>Puts these objects in place of those of before.</summary>
    public IReadOnlyList<FileObjectProblem> Set(IEnumerable<FileObject> objects)
    {
        lock (_gate)
        {
            var problems = new List<FileObjectProblem>();
            var wanted = new Dictionary<(ResourceKind Kind, ObjectKey Key), FileObject>();
            foreach (var value in objects)
            {
                if (Place(value) is not { } place)
                    continue;
                if (wanted.TryAdd(place, value))
                    continue;
                problems.Add(new FileObjectProblem(value.File, value.Line, $"{place.Kind.Kind} {place.Key} stands in {wanted[place].File}:{wanted[place].Line} already"));
            }

            foreach (var space in wanted.Where(pair => pair.Key.Kind.IsNamespaced).Select(pair => (pair.Key.Key.Namespace, pair.Value)).DistinctBy(pair => pair.Namespace, StringComparer.Ordinal).ToList())
                wanted.TryAdd((catalog.Find("", "Namespace")!, new ObjectKey("", space.Namespace)), Implied(space.Namespace, space.Value));
            foreach (var place in _shown.Where(place => !wanted.ContainsKey(place)).ToList())
                Remove(place);
            foreach (var (place, value) in wanted)
                Show(place, value, problems);
            return problems;
        }
    }

    private (ResourceKind Kind, ObjectKey Key)? Place(FileObject value)
    {
        if (catalog.FindByApiVersion(value.Value.Text("apiVersion") ?? "", value.Value.Text("kind") ?? "") is not { IsReviewOnly: false } kind)
            return null;
        if (value.Value.Text("metadata", "name") is not { Length: > 0 } name || !MetadataRules.IsSubdomain(name))
            return null;
        var space = kind.IsNamespaced ? value.Value.Text("metadata", "namespace") is { Length: > 0 } given ? given : "default" : "";
        return !kind.IsNamespaced || MetadataRules.IsDnsLabel(space) ? (kind.Storage, new ObjectKey(space, name)) : null;
    }

    private static FileObject Implied(string name, FileObject by) => new(by.File, by.Line, new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject { ["name"] = name },
    });

    private void Remove((ResourceKind Kind, ObjectKey Key) place)
    {
        _shown.Remove(place);
        while (store.Find(place.Kind, place.Key) is { File: not null } current && !store.TryRemove(current, out _))
        {
            // A status was written meanwhile: look again.
        }
    }

    private void Show((ResourceKind Kind, ObjectKey Key) place, FileObject from, List<FileObjectProblem> problems)
    {
        var (kind, key) = place;
        while (true)
        {
            var current = store.Find(kind, key);
            if (current is { File: null })
            {
                // A namespace that is there anyway is as good as an implied one.
                if (kind.Kind != "Namespace")
                    problems.Add(new FileObjectProblem(from.File, from.Line, $"{kind.Kind} {key} was made by the API and stays so: delete it there (kubectl delete) to have it from this file"));
                return;
            }

            var live = current is null ? null : JsonReading.ParseStored(current.Json);
            var value = Prepare(kind, key, from, live);
            if (current is not null)
            {
                value.Child("metadata")["resourceVersion"] = live.Text("metadata", "resourceVersion");
                if (CanonicalJson.Serialize(value).AsSpan().SequenceEqual(current.Json))
                    return;
            }

            if (store.TryPut(kind, key, current, value, $"{from.File}:{from.Line}", out _) == CommitOutcome.Done)
            {
                _shown.Add(place);
                return;
            }
        }
    }

    private JsonObject Prepare(ResourceKind kind, ObjectKey key, FileObject from, JsonObject? live)
    {
        var value = VersionConversion.FromClient(from.Value.Copy(), kind);
        StructuralCheck.Prune(kind.Schema, value);
        if (kind.HasStatus)
            value.Remove("status");
        var metadata = value.Child("metadata");
        foreach (var name in (ReadOnlySpan<string>)["managedFields", "resourceVersion", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "finalizers", "ownerReferences"])
            metadata.Remove(name);
        metadata.Put("namespace", kind.IsNamespaced ? key.Namespace : null);
        metadata.Child("annotations")[Annotation] = $"{from.File}:{from.Line}";
        metadata["uid"] = live.Text("metadata", "uid") ?? Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = live.Text("metadata", "creationTimestamp") ?? MetadataPreparation.Time(clock.GetUtcNow());
        Defaulting.Apply(kind.Definition, value);
        if (live?["status"] is { } status)
            value["status"] = status.DeepClone();
        if (kind.HasGeneration)
            metadata["generation"] = Generation(value, live);
        return value;
    }

    private static long Generation(JsonObject value, JsonObject? live)
    {
        if (live is null)
            return 1;
        var isSame = value.Select(pair => pair.Key).Union(live.Select(pair => pair.Key), StringComparer.Ordinal)
            .All(name => name is "metadata" or "status" || JsonNodes.Same(value[name], live[name]));
        return (live.Integer("metadata", "generation") ?? 0) + (isSame ? 0 : 1);
    }
}
