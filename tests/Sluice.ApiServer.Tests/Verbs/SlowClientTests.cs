using System.IO.Pipelines;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Selectors;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Tests.Support;
using Sluice.ApiServer.Views;
using Sluice.ApiServer.Watching;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Tests.Verbs;

/// <summary>Clients that take little, or stay long, keep little.</summary>
public sealed class SlowClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("")]
    [InlineData("?watch=1")]
    public async Task ClientThatTakesNothing_IsCut(string query)
    {
        await using var api = new ApiHarness(new KubernetesApiOptions { Watches = new WatchLimits { WriteTimeout = TimeSpan.FromMilliseconds(50) } });
        for (var i = 0; i < 6; i++)
            (await api.PostAsync(ApiHarness.ConfigMaps, ApiHarness.ConfigMap($"c{i}", $",'data':{{'a':'{new string('x', 200_000)}'}}"))).Expect(201);
        var request = new LocalRequest("GET", ApiHarness.ConfigMaps, query.TrimStart('?'), new Dictionary<string, string> { ["host"] = "127.0.0.1" }, default);
        var answer = await api.Api.Handler.HandleAsync(request, TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer.WriteBody!(new StuckStream(), TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Watch_LetsGoOfTheObjectsThatItBeganWith()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var pipe = new Pipe();
        var (stream, initial) = Begin();
        var running = stream.RunAsync(pipe.Writer.AsStream(), stop.Token);
        using var reader = new StreamReader(pipe.Reader.AsStream());
        Assert.Contains("initial-events-end", await reader.ReadLineAsync(stop.Token), StringComparison.Ordinal);

        Assert.True(SpinWait.SpinUntil(() => IsGone(initial), Patience));

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        GC.KeepAlive(stream);
    }

    private static (WatchStream Stream, WeakReference Initial) Begin()
    {
        var kind = KindCatalog.Default.FindPlural("", "configmaps")!;
        var store = new ObjectStore(KindCatalog.Default, 1, HistoryLimits.Default, TimeProvider.System);
        var request = new ApiRequest(new LocalRequest("GET", "", "", new Dictionary<string, string>(), default));
        var path = new ResourcePath(kind, "v1", "", "", "");
        var initial = new List<StoredObject>();
        var stream = new WatchStream(store, store.Table(kind), new ObjectFilter(kind, "", request.Query), new ObjectView(request, path, TimeProvider.System), new WatchStart(1, initial, true), WatchLimits.Default, TimeProvider.System) { Duration = Patience };
        return (stream, new WeakReference(initial));
    }

    private static bool IsGone(WeakReference reference)
    {
        GC.Collect();
        return !reference.IsAlive;
    }
}
