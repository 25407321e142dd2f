using System.Text;
using Microsoft.AspNetCore.Http;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Tests.Support;

namespace Sluice.Kubernetes.Tests.Client;

public sealed class ListTests : IAsyncLifetime
{
    private FakeApiServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await FakeApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task List_ManyObjects_IsAskedForInPages()
    {
        Fill(12);
        using var client = _server.Client(new KubernetesClientOptions { PageSize = 5 });

        var list = await client.ListAsync(ApiResources.HttpRoutes, cancellation: Cancellation);

        Assert.Equal(Names(12), list.Items.Select(Json.Name));
        Assert.Equal($"{_server.Store.Version}", list.ResourceVersion);
        Assert.Equal(["5", "5", "5"], _server.Requests.Select(request => (string?)request.Query["limit"]));
    }

    [Fact]
    public async Task List_DefaultPage_Is500()
    {
        using var client = _server.Client();

        var list = await client.ListAsync(ApiResources.HttpRoutes, cancellation: Cancellation);

        Assert.Empty(list.Items);
        Assert.Equal("500", (string?)Assert.Single(_server.Requests).Query["limit"]);
    }

    [Fact]
    public async Task List_ContinueExpires_BeginsAnewAndShowsOneMoment()
    {
        Fill(12);
        var receiver = new Receiver();
        using var client = _server.Client(new KubernetesClientOptions { PageSize = 5 });
        _server.Once((_, _) => Task.FromResult(false));
        _server.Once((_, _) =>
        {
            _server.Store.Delete(ApiResources.HttpRoutes, "infra", "r-00");
            return Task.FromResult(false);
        });

        var version = await client.ListAsync(ApiResources.HttpRoutes, ResourceScope.All, receiver, Cancellation);

        Assert.Equal(1, receiver.Restarts);
        Assert.Equal(Names(12).Skip(1), receiver.Names);
        Assert.Equal($"{_server.Store.Version}", version);
    }

    [Fact]
    public async Task List_FirstPageExpired_IsAnError()
    {
        _server.FailOnce(410, "Expired");
        using var client = _server.Client();

        var error = await Assert.ThrowsAsync<ApiException>(() => client.ListAsync(ApiResources.HttpRoutes, cancellation: Cancellation));

        Assert.True(error.IsExpired);
    }

    [Fact]
    public async Task List_ItemsWithoutKind_AreMadeComplete()
    {
        Fill(2);
        _server.PlainItems = true;
        using var client = _server.Client();

        var list = await client.ListAsync(ApiResources.HttpRoutes, cancellation: Cancellation);

        Assert.All(list.Items, item =>
        {
            Assert.Equal("HTTPRoute", (string?)Json.Parse(item)["kind"]);
            Assert.Equal("gateway.networking.k8s.io/v1", (string?)Json.Parse(item)["apiVersion"]);
            Assert.NotNull(Json.Value(item));
        });
    }

    [Fact]
    public async Task List_Scope_IsAskedFor()
    {
        _server.Store.Put(ApiResources.Secrets, "infra", "a", "1");
        _server.Store.Put(ApiResources.Secrets, "other", "b", "1");
        using var client = _server.Client();

        var list = await client.ListAsync(ApiResources.Secrets, new ResourceScope("infra", "app=x,tier!=y", "type=kubernetes.io/tls"), Cancellation);

        var request = Assert.Single(_server.Requests);
        Assert.Equal("/api/v1/namespaces/infra/secrets", request.Path);
        Assert.Equal("app=x,tier!=y", (string?)request.Query["labelSelector"]);
        Assert.Equal("type=kubernetes.io/tls", (string?)request.Query["fieldSelector"]);
        Assert.Equal("a", Json.Name(Assert.Single(list.Items)));
    }

    [Theory]
    [InlineData("""{"kind":"List","metadata":{"resourceVersion":"7"},"items":null}""", 0)]
    [InlineData("""{"items":[],"metadata":{"resourceVersion":"7","remainingItemCount":3}}""", 0)]
    [InlineData(""" { "items" : [ {"kind":"A","x":[{}]} , {} ] , "extra" : {"items":[1]}, "metadata" : {"resourceVersion":"7"} } """, 2)]
    public async Task List_AnyOrderAndSpacing_IsRead(string json, int count)
    {
        Answer(json);
        using var client = _server.Client();

        var list = await client.ListAsync(ApiResources.HttpRoutes, cancellation: Cancellation);

        Assert.Equal("7", list.ResourceVersion);
        Assert.Equal(count, list.Items.Count);
        Assert.All(list.Items, item => Assert.NotNull(Json.Parse(item)["kind"]));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("hello")]
    [InlineData("""{"items":[1]}""")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{"items":[{"a":1},""")]
    [InlineData("")]
    public async Task List_SomethingElse_IsAnErrorThatSaysSo(string json)
    {
        Answer(json);
        using var client = _server.Client();

        var error = await Assert.ThrowsAsync<ApiException>(() => client.ListAsync(ApiResources.HttpRoutes, cancellation: Cancellation));

        Assert.Equal(ApiException.BadAnswer, error.Reason);
        Assert.Contains("list httproutes.gateway.networking.k8s.io", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_ArrivesInSmallPieces_IsReadAsAWhole()
    {
        var value = new string('x', 100_000);
        _server.Once(async (context, _) =>
        {
            var json = $$$"""{"metadata":{"resourceVersion":"7"},"items":[{"metadata":{"name":"a"},"data":{"value":"{{{value}}}"}},{"metadata":{"name":"b"}}]}""";
            foreach (var piece in Encoding.UTF8.GetBytes(json).Chunk(7001))
            {
                await context.Response.Body.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }

            return true;
        });
        using var client = _server.Client();

        var list = await client.ListAsync(ApiResources.HttpRoutes, cancellation: Cancellation);

        Assert.Equal(["a", "b"], list.Items.Select(Json.Name));
        Assert.Equal(value, Json.Value(list.Items[0]));
    }

    [Fact]
    public async Task List_ItemBeyondTheLimit_IsRefused()
    {
        _server.Store.Put(ApiResources.HttpRoutes, "infra", "a", new string('x', 3 << 20));
        using var client = _server.Client(new KubernetesClientOptions { MaxObjectBytes = 1 << 20 });

        var error = await Assert.ThrowsAsync<ApiException>(() => client.ListAsync(ApiResources.HttpRoutes, cancellation: Cancellation));

        Assert.Equal(ApiException.BadAnswer, error.Reason);
        Assert.Contains("more than 1 MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_PageBeyondTheLimit_IsRefused()
    {
        Fill(200);
        using var client = _server.Client(new KubernetesClientOptions { MaxListPageBytes = 4096 });

        var error = await Assert.ThrowsAsync<ApiException>(() => client.ListAsync(ApiResources.HttpRoutes, cancellation: Cancellation));

        Assert.Equal(ApiException.BadAnswer, error.Reason);
    }

    [Fact]
    public async Task List_ServerThatStopsInTheMiddle_IsGivenUp()
    {
        _server.Once(async (context, _) =>
        {
            await context.Response.WriteAsync("""{"metadata":{"resourceVersion":"7"},"items":[""");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        });
        using var client = _server.Client(new KubernetesClientOptions { ListPageTimeout = TimeSpan.FromMilliseconds(200) });

        var error = await Assert.ThrowsAsync<ApiException>(() => client.ListAsync(ApiResources.HttpRoutes, cancellation: Cancellation));

        Assert.Equal(ApiException.TimedOut, error.Reason);
    }

    private void Answer(string json) => _server.Once(async (context, _) =>
    {
        await context.Response.WriteAsync(json);
        return true;
    });

    private void Fill(int count)
    {
        foreach (var name in Names(count))
            _server.Store.Put(ApiResources.HttpRoutes, "infra", name, "1");
    }

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i => $"r-{i:00}");

    private sealed class Receiver : IListReceiver
    {
        public int Restarts { get; private set; }

        public List<string?> Names { get; } = [];

        public void Restart()
        {
            Restarts++;
            Names.Clear();
        }

        public void Add(ReadOnlyMemory<byte> json) => Names.Add(Json.Name(json));
    }
}
