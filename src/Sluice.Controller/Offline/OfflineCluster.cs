using System.Net;
using System.Text.Json;
using Sluice.Controller.Clustered;
using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Client;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;
using Sluice.Translation;

namespace Sluice.Controller.Offline;

/// <summary>
/// A cluster's objects, read once and translated here: what check, status and explain look at when they are given a kubeconfig.
/// Needs to list what a controller lists, but for Secrets and ConfigMaps, of which only those are read that something refers to.
/// </summary>
public static class OfflineCluster
{
    /// <exception cref="ClusterException">The API server cannot be reached, or does not let us read something.</exception>
    public static async Task<OfflineManifests> LoadAsync(ClusterOptions options, CancellationToken cancellation)
    {
        try
        {
            using var client = new KubernetesClient(options.Access);
            var state = new ClusterState(options.AllControllerNames, new StatusBook(options.AllControllerNames, TimeProvider.System));
            var observed = new ObservedProgramming();
            foreach (var kind in ClusterKinds.All.Where(kind => !kind.IsReferenced))
                await ListAsync(client, kind, state, observed, cancellation);
            state.Settle();
            foreach (var (kind, key) in state.Unknown)
            {
                var referenced = ClusterKinds.All.Single(known => known.Kind == kind);
                state.Found(kind, key, await client.FindAsync(referenced.Preferred, key, cancellation) is { } json ? state.Read(referenced, json, null) : null);
            }
            state.ReferencesListed();
            var (snapshot, refused) = state.Take() ?? (ResourceSnapshot.Empty, (IReadOnlyList<RefusedObject>)[]);
            var translator = new Translator(new TranslatorOptions
            {
                ControllerNames = options.AllControllerNames,
                TrustedHops = options.TrustedHops,
                Addresses = new Published(state.PublishedAddresses),
            });
            return OfflineManifests.Of(ClusterUpdate.Of(snapshot, refused), translator, DateTimeOffset.UtcNow).InCluster(observed);
        }
        catch (Exception error) when (error is ApiException or JsonException)
        {
            throw new ClusterException(error.Message, error);
        }
    }

    private static async Task ListAsync(KubernetesClient client, ClusterKind kind, ClusterState state, ObservedProgramming observed, CancellationToken cancellation)
    {
        if (await Discovery.FindAsync(client, kind, cancellation) is { } resource)
            await client.ListAsync(resource, ResourceScope.All, new Receiver(kind, state, observed), cancellation);
    }

    private sealed class Receiver(ClusterKind kind, ClusterState state, ObservedProgramming observed) : IListReceiver
    {
        // What is given again takes the place of what was given before.
        public void Restart()
        {
        }

        public void Add(ReadOnlyMemory<byte> json)
        {
            var value = state.Read(kind, json, null);
            state.Set(kind.Kind, value.Key, value);
            observed.Add(kind.Kind, json);
        }
    }

    /// <summary>The addresses that the cluster has published already; a Gateway that has none yet is looked at as if it had 127.0.0.1.</summary>
    private sealed class Published(IReadOnlyDictionary<NamespacedName, IReadOnlyList<string>> addresses) : IGatewayAddresses
    {
        public GatewayAddressing Assign(Gateway gateway) => addresses.GetValueOrDefault(gateway.Key) is { Count: > 0 } published
            ? GatewayAddressing.Of(published)
            : new GatewayAddressing([IPAddress.Loopback.ToString()], []);
    }
}
