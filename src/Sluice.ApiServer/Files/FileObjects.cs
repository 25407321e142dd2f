using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Rules;
using Sluice.ApiServer.Seeds;
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

    /// <summary>The objects that are shown, and their files.</summary>
    private readonly Dictionary<(ResourceKind Kind, ObjectKey Key), string> _shown = [];

    /// <summary>Namespaces that are shown only because objects name them.</summary>
    private readonly HashSet<string> _implied = new(StringComparer.Ordinal);
    private readonly ResourceKind _namespaces = catalog.Find("", "Namespace")!;

    /// <summary>Puts these objects in place of those of before.</summary>
    /// <param name="objects">In the order in which the first of two counts.</param>
    /// <param name="files">Only what was given of these files is replaced; null for everything.</param>
    public IReadOnlyList<FileObjectProblem> Set(IEnumerable<FileObject> objects, IReadOnlySet<string>? files = null)
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

            foreach (var (place, value) in wanted)
                Show(place, value, problems);
            var gone = _shown.Where(pair => files?.Contains(pair.Value) != false && !wanted.ContainsKey(pair.Key)).Select(pair => pair.Key).ToList();
            foreach (var place in gone.Where(place => place.Kind.IsNamespaced))
                Remove(place);
            SetNamespaces(gone.Where(place => !place.Kind.IsNamespaced).ToList());
            return problems;
        }
    }

    /// <summary>Takes objects without namespace away, but for namespaces that are needed; shows those that are needed and missing.</summary>
    private void SetNamespaces(List<(ResourceKind Kind, ObjectKey Key)> gone)
    {
        var needed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ((kind, key), file) in _shown)
        {
            if (kind.IsNamespaced)
                needed.TryAdd(key.Namespace, file);
        }

        foreach (var place in gone)
        {
            if (place.Kind == _namespaces && needed.TryGetValue(place.Key.Name, out var file) && !SeedObjects.IsSeed(place.Key))
                Imply(place.Key.Name, file);
            else
                Remove(place);
        }

        foreach (var (name, file) in needed)
        {
            if (store.Find(_namespaces, new ObjectKey("", name)) is null)
                Imply(name, file);
        }

        foreach (var name in _implied.Where(name => !needed.ContainsKey(name)).ToList())
            Remove((_namespaces, new ObjectKey("", name)));
    }

    private void Imply(string name, string file)
    {
        var place = (_namespaces, new ObjectKey("", name));
        Show(place, Implied(name, file), []);
        if (_shown.Remove(place))
            _implied.Add(name);
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

    private static FileObject Implied(string name, string file) => new(file, 1, new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject { ["name"] = name },
    });

    private void Remove((ResourceKind Kind, ObjectKey Key) place)
    {
        _shown.Remove(place);
        if (place.Kind == _namespaces)
            _implied.Remove(place.Key.Name);
        while (store.Find(place.Kind, place.Key) is { File: not null } current && !TryRemove(current))
        {
            // A status was written meanwhile: look again.
        }
    }

    /// <summary>Namespaces that are always there become what they are without a file.</summary>
    private bool TryRemove(StoredObject current)
    {
        if (current.Kind != _namespaces || !SeedObjects.IsSeed(current.Key))
            return store.TryRemove(current, out _);
        var value = JsonReading.ParseStored(current.Json);
        var metadata = value.Child("metadata");
        metadata.Remove("annotations");
        metadata["labels"] = new JsonObject { [NamespaceRules.NameLabel] = current.Key.Name };
        return store.TryPut(current.Kind, current.Key, current, value, null, out _) == CommitOutcome.Done;
    }

    private void Show((ResourceKind Kind, ObjectKey Key) place, FileObject from, List<FileObjectProblem> problems)
    {
        var (kind, key) = place;
        while (true)
        {
            var current = store.Find(kind, key);
            if (current is { File: null } && !(kind == _namespaces && SeedObjects.IsSeed(key)))
            {
                problems.Add(new FileObjectProblem(from.File, from.Line, $"{kind.Kind} {key} was made by the API and stays so: delete it there (kubectl delete) to have it from this file"));
                return;
            }

            if (from.IsOutdated)
            {
                if (current is not null)
                    _shown[place] = from.File;
                return;
            }

            var live = current is null ? null : JsonReading.ParseStored(current.Json);
            var value = Prepare(kind, key, from, live);
            if (current is not null)
                value.Child("metadata")["resourceVersion"] = live.Text("metadata", "resourceVersion");
            var isSame = current is { File: not null } && CanonicalJson.Serialize(value).AsSpan().SequenceEqual(current.Json);
            if (isSame || store.TryPut(kind, key, current, value, $"{from.File}:{from.Line}", out _) == CommitOutcome.Done)
            {
                _shown[place] = from.File;
                if (kind == _namespaces)
                    _implied.Remove(key.Name);
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
        metadata["creationTimestamp"] = live.Text("metadata", "creationTimestamp") ?? MetadataPreparation.Time(from.Created ?? clock.GetUtcNow());
        Defaulting.Apply(kind.Definition, value);
        if (live?["status"] is { } status)
            value["status"] = status.DeepClone();
        if (kind.HasGeneration)
            metadata["generation"] = from.Generation ?? Generation(value, live);
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
