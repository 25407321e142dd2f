using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Installing;
using Sluice.Proxy.Sessions;
using Sluice.Resources;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>
/// What the keys of session tokens are derived from: made once, kept beside the configuration stream's authority, and shared by all
/// controllers, so that a Gateway has the same key whoever leads.
/// </summary>
internal sealed class SessionSeed
{
    private const string Key = "session-seed";
    private const int Size = 32;

    private readonly byte[] _seed;

    private SessionSeed(byte[] seed) => _seed = seed;

    /// <summary>The key of one Gateway.</summary>
    /// <param name="uid">Its metadata.uid.</param>
    public byte[] KeyOf(string uid) => HKDF.Expand(HashAlgorithmName.SHA256, _seed, SessionKey.Size, Encoding.UTF8.GetBytes($"sluice session key {uid}"));

    /// <exception cref="IOException">The Secret, which must exist, cannot be read or written now.</exception>
    public static async Task<SessionSeed> OpenAsync(KubernetesClient client, string ns, CancellationToken cancellation)
    {
        var name = new NamespacedName(ns, InstallationNames.StreamSecret);
        try
        {
            while (true)
            {
                var secret = JsonNode.Parse((await client.GetAsync(ApiResources.Secrets, name, cancellation)).Span)!;
                if (ConditionMerge.Text(secret["data"], Key) is { } given)
                    return Convert.FromBase64String(given) is { Length: Size } seed ? new SessionSeed(seed) : throw new IOException($"Secret {name}: {Key} must have {Size} bytes; remove it to have another made, which ends all sessions");
                var patch = new JsonObject
                {
                    ["metadata"] = new JsonObject { ["resourceVersion"] = ConditionMerge.Text(secret["metadata"], "resourceVersion") },
                    ["data"] = new JsonObject { [Key] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size)) },
                };
                await TryPatchAsync(client, name, patch, cancellation);
            }
        }
        catch (Exception error) when (error is ApiException or JsonException or FormatException)
        {
            throw new IOException($"Secret {name}: {error.Message}", error);
        }
    }

    private static async Task TryPatchAsync(KubernetesClient client, NamespacedName name, JsonObject patch, CancellationToken cancellation)
    {
        try
        {
            await client.PatchAsync(ApiResources.Secrets, name, PatchType.Merge, Encoding.UTF8.GetBytes(patch.ToJsonString()), null, cancellation);
        }
        catch (ApiException error) when (error.IsConflict)
        {
            // Another controller was faster: it is read again.
        }
    }
}
