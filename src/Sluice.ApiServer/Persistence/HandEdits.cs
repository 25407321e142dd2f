using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Views;
using Sluice.ApiServer.Writing;
using Sluice.Proxy.Local;
using Sluice.Resources.Reading;

namespace Sluice.ApiServer.Persistence;

/// <summary>Takes in what people have done to the files that keep the API's objects: changed ones change the object, removed ones remove it.</summary>
internal sealed class HandEdits(DataFolder folder, ObjectStore store, ObjectAdmission admission, TimeProvider clock)
{
    private const string Manager = "manifest-file";

    /// <summary>An object may change while its file is taken in; then it begins again.</summary>
    private const int MaxAttempts = 5;

    private readonly Lock _gate = new();

    /// <summary>What was told of a file, so that it is told once.</summary>
    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);

    /// <summary>Looks at every file that is not as it was left, in this process or by one before.</summary>
    /// <returns>What could not be taken in and was not told before, with the file and the reason.</returns>
    public IReadOnlyList<string> Take() => Take(folder.Files.All.Select(known => (known.Kind, known.Key)));

    /// <summary>Looks at one file.</summary>
    /// <returns>As <see cref="Take()"/>.</returns>
    public IReadOnlyList<string> Take(string path) => folder.Files.Find(path) is { } place ? Take([place]) : [];

    private List<string> Take(IEnumerable<(ResourceKind Kind, ObjectKey Key)> places)
    {
        lock (_gate)
        {
            var problems = new List<string>();
            foreach (var (kind, key) in places)
            {
                try
                {
                    Take(kind, key);
                }
                catch (Exception exception) when (exception is ApiException or IOException or UnauthorizedAccessException)
                {
                    var path = folder.Files.PathOf(kind, key);
                    var problem = $"{path}: {exception.Message}; the object stays as it was";
                    if (_told.GetValueOrDefault(path) != problem)
                        problems.Add(problem);
                    _told[path] = problem;
                }
            }

            return problems;
        }
    }

    private void Take(ResourceKind kind, ObjectKey key)
    {
        var current = store.Find(kind, key);
        var (fate, content) = folder.Files.Look(kind, key);
        if (fate is FileFate.Unknown or FileFate.Untouched)
            return;
        if (fate == FileFate.Removed && current is { File: null })
        {
            folder.Files.Remember(kind, key, null);
            store.TryRemove(current, out _);
            return;
        }

        if (fate == FileFate.Edited && current is { File: null })
            Change(kind, key, content);
        _told.Remove(folder.Files.PathOf(kind, key));
        folder.Refile(kind, key);
    }

    /// <summary>The file counts as known while the object changes: it is a person's, and stays.</summary>
    private void Change(ResourceKind kind, ObjectKey key, byte[] content)
    {
        var known = folder.Files.Find(kind, key)!;
        var value = Read(known.Path, content);
        folder.Files.Remember(kind, key, ObjectFiles.HashOf(content));
        try
        {
            for (var attempt = 1; store.Find(kind, key) is { } current && !TryChange(kind, key, current, (JsonObject)value.DeepClone()); attempt++)
            {
                if (attempt == MaxAttempts)
                    throw ApiException.VersionConflict(kind, key.Name);
            }
        }
        catch (ApiException)
        {
            folder.Files.Restore(kind, key, known);
            throw;
        }
    }

    private bool TryChange(ResourceKind kind, ObjectKey key, StoredObject current, JsonObject value)
    {
        if (value.Text("kind") != kind.Kind || !kind.Versions.Any(version => kind.ApiVersion(version) == value.Text("apiVersion")))
            throw ApiException.BadRequest($"the file keeps a {kind.Kind}, found {value.Text("apiVersion")} {value.Text("kind")}");
        var path = new ResourcePath(kind, kind.StorageVersion, key.Namespace, key.Name, "");
        var request = new ApiRequest(new LocalRequest("PUT", "", $"fieldManager={Manager}", new Dictionary<string, string>(), default));
        var context = new WriteContext(request, path, WriteMode.Main, clock.GetUtcNow());
        value = VersionConversion.FromClient(value, kind);
        value.Map("metadata")?.Remove("managedFields");
        admission.Update(context, value, JsonReading.ParseStored(current.Json));
        return store.TryPut(kind, key, current, value, null, out _) == CommitOutcome.Done;
    }

    private static JsonObject Read(string path, byte[] content)
    {
        try
        {
            var documents = ManifestJson.Read(path, content);
            return documents is [var only] ? only.Value : throw ApiException.BadRequest($"the file keeps one object, found {documents.Count}");
        }
        catch (ManifestJsonException exception)
        {
            throw ApiException.BadRequest($"line {exception.Line}: {exception.Message}");
        }
    }
}
