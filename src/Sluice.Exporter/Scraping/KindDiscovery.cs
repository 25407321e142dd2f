using System.Text.Json;
using Sluice.Exporter.Families;
using Sluice.Kubernetes.Client;

namespace Sluice.Exporter.Scraping;

/// <summary>Finds the newest version in which an API server has each kind of a group.</summary>
internal static class KindDiscovery
{
    /// <summary>Versions of a group that are looked into.</summary>
    private const int MaxVersions = 16;

    /// <returns>By kind; null where it is not installed. Kinds of which that is not known are absent.</returns>
    /// <exception cref="ApiException">The API server does not say which versions there are.</exception>
    public static async Task<(Dictionary<StateKind, ApiResource?> Found, string? Problem)> FindAsync(KubernetesClient client, string group, IReadOnlyCollection<StateKind> kinds, CancellationToken cancellation)
    {
        var versions = await VersionsAsync(client, group, cancellation).ConfigureAwait(false);
        var asked = versions.Select(version => PluralsAsync(client, group, version, cancellation)).ToArray();
        var found = new Dictionary<StateKind, ApiResource?>();
        string? problem = null;
        for (var i = 0; i < asked.Length; i++)
        {
            try
            {
                var plurals = await asked[i].ConfigureAwait(false);
                foreach (var kind in kinds.Where(kind => plurals.Contains(kind.Plural)))
                    found.TryAdd(kind, new ApiResource(group, versions[i], kind.Plural, kind.Kind, kind.IsNamespaced));
            }
            catch (ApiException error)
            {
                problem ??= error.Message;
            }
        }

        // Those that were not found may be in the version that could not be looked into.
        if (problem is null)
        {
            foreach (var kind in kinds)
                found.TryAdd(kind, null);
        }

        return (found, problem);
    }

    /// <summary>The newest first; none when the group is not installed.</summary>
    private static async Task<IReadOnlyList<string>> VersionsAsync(KubernetesClient client, string group, CancellationToken cancellation)
    {
        try
        {
            using var document = Parse(await client.GetPathAsync($"/apis/{group}", cancellation).ConfigureAwait(false), $"the versions of {group}");
            return [.. Names(document.RootElement, "versions", "version").Distinct(StringComparer.Ordinal).OrderDescending(KubernetesVersionOrder.Instance).Take(MaxVersions)];
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            return [];
        }
    }

    /// <summary>Names of kinds in URLs.</summary>
    private static async Task<HashSet<string>> PluralsAsync(KubernetesClient client, string group, string version, CancellationToken cancellation)
    {
        try
        {
            using var document = Parse(await client.GetPathAsync($"/apis/{group}/{version}", cancellation).ConfigureAwait(false), $"the resources of {group}/{version}");
            return [.. Names(document.RootElement, "resources", "name")];
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            return [];
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json, string what)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException error)
        {
            throw new ApiException(0, ApiException.BadAnswer, $"{what} cannot be read: {error.Message}", inner: error);
        }
    }

    private static List<string> Names(JsonElement document, string list, string field)
    {
        var names = new List<string>();
        if (document.ValueKind != JsonValueKind.Object || !document.TryGetProperty(list, out var items) || items.ValueKind != JsonValueKind.Array)
            return names;
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty(field, out var name) && name.ValueKind == JsonValueKind.String)
                names.Add(Rendering.JsonText.StringOf(name));
        }

        return names;
    }
}
