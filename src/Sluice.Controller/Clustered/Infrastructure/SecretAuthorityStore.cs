using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Controller.Statuses;
using Sluice.Controller.Streaming;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Installing;
using Sluice.Resources;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>Keeps the configuration stream's authority in a Secret of the controller's namespace.</summary>
internal sealed class SecretAuthorityStore(KubernetesClient client, string ns) : IAuthorityStore
{
    private const string Key = "authority.json";

    private readonly NamespacedName _secret = new(ns, InstallationNames.StreamSecret);

    public async Task<StoredAuthority?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await client.FindAsync(ApiResources.Secrets, _secret, cancellationToken) is not { } json)
                return null;
            var secret = JsonNode.Parse(json.Span)!;
            return ConditionMerge.Text(secret["data"], Key) is { } content && ConditionMerge.Text(secret["metadata"], "resourceVersion") is { } version
                ? new StoredAuthority(Convert.FromBase64String(content), version)
                : throw new IOException($"Secret {_secret} has no {Key}: it is not what the configuration stream keeps there; remove it to have a new authority made");
        }
        catch (Exception error) when (error is ApiException or JsonException or FormatException)
        {
            throw new IOException($"Secret {_secret}: {error.Message}", error);
        }
    }

    public async Task<bool> TryWriteAsync(byte[] content, string? version, CancellationToken cancellationToken)
    {
        var metadata = new JsonObject { ["name"] = InstallationNames.StreamSecret, ["namespace"] = ns };
        var secret = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = metadata,
            ["type"] = "Opaque",
            ["data"] = new JsonObject { [Key] = Convert.ToBase64String(content) },
        };
        try
        {
            if (version is null)
            {
                await client.CreateAsync(ApiResources.Secrets, ns, Encoding.UTF8.GetBytes(secret.ToJsonString()), null, cancellationToken);
                return true;
            }
            metadata["resourceVersion"] = version;
            await client.PatchAsync(ApiResources.Secrets, _secret, PatchType.Merge, Encoding.UTF8.GetBytes(secret.ToJsonString()), null, cancellationToken);
            return true;
        }
        catch (ApiException error) when (error.IsConflict || (error.IsNotFound && version is not null))
        {
            return false;
        }
        catch (ApiException error)
        {
            throw new IOException($"Secret {_secret}: {error.Message}", error);
        }
    }
}
