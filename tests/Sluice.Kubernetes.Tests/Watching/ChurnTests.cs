using Microsoft.AspNetCore.Http;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Tests.Support;

namespace Sluice.Kubernetes.Tests.Watching;

/// <summary>Objects come and go while the server does everything that servers do.</summary>
public sealed class ChurnTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Churn_WithFaults_EndsWithWhatTheServerHas(int seed)
    {
        await using var server = await FakeApiServer.StartAsync();
        var random = new Random(seed);
        var faults = new Random(seed + 1000);
        server.ExpiredAsEvent = seed % 2 == 0;
        server.Always = (context, _) => FailAtTimesAsync(context, faults);
        await using var cache = new RunningCache(server);
        var names = new HashSet<string>();

        for (var i = 0; i < 600; i++)
        {
            var name = $"r{random.Next(40)}";
            if (names.Contains(name) && random.Next(3) == 0)
            {
                server.Store.Delete(ApiResources.HttpRoutes, "infra", name);
                names.Remove(name);
            }
            else
            {
                server.Store.Put(ApiResources.HttpRoutes, "infra", name, $"{i}");
                names.Add(name);
            }

            if (random.Next(25) == 0)
                server.Store.Compact();
            if (random.Next(15) == 0)
                CutAll(server, random);
            if (random.Next(10) == 0)
                await Task.Yield();
        }

        server.Always = null;
        var expected = string.Join(' ', server.Store.List(FakeStore.CollectionOf(ApiResources.HttpRoutes), null).Items
            .OrderBy(item => (string?)item["metadata"]!["name"], StringComparer.Ordinal)
            .Select(item => $"{item["metadata"]!["name"]}={item["data"]!["value"]}"));
        await cache.WaitAsync(expected);
    }

    private static void CutAll(FakeApiServer server, Random random)
    {
        foreach (var watcher in server.Store.Watchers(ApiResources.HttpRoutes))
        {
            if (random.Next(2) == 0)
                watcher.Cut(random.Next(2) == 0 ? "" : """{"type":"DELETED","object":{"metadata":{"name":"r1","namespace":"infra","resourceVe""");
            else
                watcher.End();
        }
    }

    private static Task<bool> FailAtTimesAsync(HttpContext context, Random faults)
    {
        int dice;
        lock (faults)
            dice = faults.Next(6);
        if (dice == 0)
        {
            context.Response.StatusCode = 500;
            return Task.FromResult(true);
        }

        if (dice == 1)
            context.Abort();
        return Task.FromResult(dice == 1);
    }
}
