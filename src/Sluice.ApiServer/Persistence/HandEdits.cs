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

    /// <summary>Looks at every file that is not as it was left.</summary>
    /// <returns>What could not be taken in, with the file and the reason.</returns>
    public IReadOnlyList<string> Take()
    {
        var problems = new List<string>();
        foreach (var (kind, key, file) in folder.Files.All)
        {
            try
            {
                Take(kind, key, file);
            }
            catch (ApiException exception)
            {
                problems.Add($"{file.Path}: {exception.Message}; the object stays as it was");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{file.Path}: {exception.Message}; the object stays as it was");
            }
        }

        return problems;
    }

    private void Take(ResourceKind kind, ObjectKey key, ObjectFile file)
    {
        if (store.Find(kind, key) is not { File: null } current || (!file.IsThere && !File.Exists(file.Path)))
        {
            folder.Refile(kind, key);
            return;
        }

        if (!File.Exists(file.Path))
        {
            folder.Files.Remember(kind, key, null);
            store.TryRemove(current, out _);
            return;
        }

        var content = File.ReadAllBytes(file.Path);
        var hash = ObjectFiles.HashOf(content);
        if (!file.Has(hash))
        {
            Change(kind, key, current, Read(file.Path, content));
            folder.Files.Remember(kind, key, hash);
        }
        else
        {
            folder.Files.Remember(kind, key, hash);
        }

        // The file may be behind what the journal has, when the process ended between the two.
        folder.Refile(kind, key);
    }

    private void Change(ResourceKind kind, ObjectKey key, StoredObject current, JsonObject value)
    {
        if (value.Text("kind") != kind.Kind || !kind.Versions.Any(version => kind.ApiVersion(version) == value.Text("apiVersion")))
            throw ApiException.BadRequest($"the file keeps a {kind.Kind}, found {value.Text("apiVersion")} {value.Text("kind")}");
        var path = new ResourcePath(kind, kind.StorageVersion, key.Namespace, key.Name, "");
        var request = new ApiRequest(new LocalRequest("PUT", "", $"fieldManager={Manager}", new Dictionary<string, string>(), default));
        var context = new WriteContext(request, path, WriteMode.Main, clock.GetUtcNow());
        value = VersionConversion.FromClient(value, kind);
        value.Map("metadata")?.Remove("managedFields");
        admission.Update(context, value, JsonReading.ParseStored(current.Json));
        if (store.TryPut(kind, key, current, value, null, out _) != CommitOutcome.Done)
            throw ApiException.VersionConflict(kind, key.Name);
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
