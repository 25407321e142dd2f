using System.Text.Json;
using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Controller.Clustered;

/// <summary>Follows the version of the Gateway API's CRDs, by an annotation that they have; a look per minute will do.</summary>
internal sealed class BundleVersion(KubernetesClient client, TimeProvider clock)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly NamespacedName Definition = new("", "gatewayclasses.gateway.networking.k8s.io");

    /// <summary>Runs until cancelled.</summary>
    /// <param name="found">Told of the version, null when there is none to be had: the CRDs may be unreadable to us.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Action<string?> found, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                found(await client.FindAsync(ApiResources.CustomResourceDefinitions, Definition, cancellation) is { } json ? Read(json) : null);
            }
            catch (ApiException error) when (!error.IsTransient)
            {
                found(null);
            }
            catch (ApiException)
            {
                // What was known last stays.
            }
            await Task.Delay(Interval, clock, cancellation);
        }
    }

    private static string? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 512 });
            return document.RootElement.TryGetProperty("metadata", out var metadata)
                && metadata.TryGetProperty("annotations", out var annotations)
                && annotations.TryGetProperty(SupportedVersion.Annotation, out var version)
                && version.ValueKind == JsonValueKind.String
                ? version.GetString()
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
