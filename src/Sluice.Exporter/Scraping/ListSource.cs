using System.Diagnostics;
using Sluice.Exporter.Families;
using Sluice.Kubernetes.Client;

namespace Sluice.Exporter.Scraping;

/// <summary>Lists the objects of all kinds whenever it is asked: in parallel, each kind in the newest version that there is.</summary>
/// <param name="client">Of the cluster; not disposed here.</param>
/// <param name="kinds">To be read.</param>
/// <param name="limits">On their size.</param>
internal sealed class ListSource(KubernetesClient client, IReadOnlyList<StateKind> kinds, ExporterLimits limits) : IStateSource
{
    public bool IsReady => true;

    public bool KeepsObjects => false;

    public async Task<IReadOnlyList<KindObjects>> CollectAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        using var time = new CancellationTokenSource(deadline);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        var groups = kinds.GroupBy(kind => kind.Group, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => KindDiscovery.FindAsync(client, group.Key, [.. group], either.Token), StringComparer.Ordinal);
        var reads = kinds.Select(kind => ReadAsync(kind, groups[kind.Group], deadline, either.Token)).ToArray();
        var results = await Task.WhenAll(reads).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return results;
    }

    private async Task<KindObjects> ReadAsync(StateKind kind, Task<(Dictionary<StateKind, ApiResource?> Found, string? Problem)> discovery, TimeSpan deadline, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        ApiResource? resource = null;
        try
        {
            var (found, problem) = await discovery.ConfigureAwait(false);
            if (!found.TryGetValue(kind, out resource))
                return Failed(problem ?? "its version is not known");
            if (resource is null)
                return new KindObjects(kind, [], null, null, watch.Elapsed);
            var collector = new ObjectCollector(kind, limits);
            await client.ListAsync(resource, ResourceScope.All, collector, cancellation).ConfigureAwait(false);
            return new KindObjects(kind, collector.Objects, resource.Version, collector.Problem, watch.Elapsed);
        }
        catch (ApiException error) when (error.IsNotFound)
        {
            // Taken away since its version was looked up.
            return new KindObjects(kind, [], null, null, watch.Elapsed);
        }
        catch (ApiException error)
        {
            return Failed(error.Message);
        }
        catch (OperationCanceledException)
        {
            return Failed($"list {kind}: it was not complete within {deadline.TotalSeconds:0.###} s");
        }

        KindObjects Failed(string problem) => new(kind, [], resource?.Version, problem, watch.Elapsed);
    }
}
