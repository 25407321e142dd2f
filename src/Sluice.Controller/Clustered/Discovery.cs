using System.Text.Json;
using Sluice.Kubernetes.Client;

namespace Sluice.Controller.Clustered;

/// <summary>Finds the version in which an API server has a kind.</summary>
internal static class Discovery
{
    /// <summary>The first of the candidates that is served; null when the kind is not installed.</summary>
    /// <exception cref="ApiException">The API server does not say.</exception>
    public static async Task<ApiResource?> FindAsync(KubernetesClient client, ClusterKind kind, CancellationToken cancellation)
    {
        foreach (var candidate in kind.Candidates)
        {
            try
            {
                if (Has(await client.GetPathAsync(candidate.Group.Length == 0 ? $"/api/{candidate.Version}" : $"/apis/{candidate.ApiVersion}", cancellation), candidate))
                    return candidate;
            }
            catch (ApiException error) when (error.IsNotFound)
            {
                // No such group in this version.
            }
            catch (JsonException error)
            {
                throw new ApiException(0, ApiException.BadAnswer, $"the list of resources of {candidate.ApiVersion} cannot be read: {error.Message}");
            }
        }
        return null;
    }

    private static bool Has(ReadOnlyMemory<byte> json, ApiResource resource)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("resources", out var resources)
            && resources.ValueKind == JsonValueKind.Array
            && resources.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String && name.ValueEquals(resource.Plural));
    }
}
