using System.Text;
using Microsoft.AspNetCore.Http;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Tests.Support;

namespace Sluice.Kubernetes.Tests.Client;

public sealed class WatchTests : IAsyncLifetime
{
    private FakeApiServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await FakeApiServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Watch_Changes_AreGivenInOrder()
    {
        var from = _server.Store.Put(ApiResources.Gateways, "infra", "a", "1");
        _server.Store.Put(ApiResources.Gateways, "infra", "a", "2");
        _server.Store.Put(ApiResources.Gateways, "infra", "b", "1");
        _server.Store.Delete(ApiResources.Gateways, "infra", "a");
        using var client = _server.Client();
        var seen = new List<string>();

        await foreach (var change in client.WatchAsync(ApiResources.Gateways, ResourceScope.All, From(from), Cancellation))
        {
            seen.Add($"{change.Type} {Json.Name(change.Object)}");
            if (seen.Count == 3)
                break;
        }

        Assert.Equal(["Modified a", "Added b", "Deleted a"], seen);
    }

    [Fact]
    public async Task Watch_Request_AsksForBookmarksAndItsEnd()
    {
        using var client = _server.Client();
        var isOpen = false;
        var options = new WatchOptions { ResourceVersion = "200", Timeout = TimeSpan.FromSeconds(301.5), Opened = () => isOpen = true };
        _server.Once(async (context, _) =>
        {
            await context.Response.WriteAsync("""{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"300"}}}""" + "\n");
            return true;
        });

        var all = await CollectAsync(client, options);

        Assert.True(isOpen);
        Assert.Equal(["Bookmark"], all);
        var query = Assert.Single(_server.Requests).Query;
        Assert.Equal("true", (string?)query["allowWatchBookmarks"]);
        Assert.Equal("200", (string?)query["resourceVersion"]);
        Assert.Equal("301", (string?)query["timeoutSeconds"]);
    }

    [Fact]
    public async Task Watch_LineInPieces_IsOneEvent()
    {
        var line = Encoding.UTF8.GetBytes($$$"""{"object":{"metadata":{"name":"ü"},"data":{"value":"{{{new string('y', 200_000)}}}"}},"type":"ADDED"}""" + "\r\n\n" + """{"type":"DELETED","object":{}}""" + "\n");
        _server.Once(async (context, _) =>
        {
            foreach (var piece in line.Chunk(9973))
            {
                await context.Response.Body.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }

            return true;
        });
        using var client = _server.Client();

        Assert.Equal(["Added", "Deleted"], await CollectAsync(client, From(1)));
    }

    [Fact]
    public async Task Watch_LastLineWithoutEnd_DoesNotCount()
    {
        _server.Once(async (context, _) =>
        {
            await context.Response.WriteAsync("""{"type":"ADDED","object":{}}""" + "\n" + """{"type":"DELETED","object":{}}""");
            return true;
        });
        using var client = _server.Client();

        Assert.Equal(["Added"], await CollectAsync(client, From(1)));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{"type":"ADDED"}""")]
    [InlineData("""{"object":{}}""")]
    [InlineData("""{"type":"ELSE","object":{}}""")]
    [InlineData("""{"type":"ADDED","object":7}""")]
    [InlineData("""{"type":"ADDED","object":{}} {}""")]
    [InlineData("""{"type":"ADDED","object":{"a":""")]
    public async Task Watch_LineThatIsNoEvent_IsAnError(string line)
    {
        _server.Once(async (context, _) =>
        {
            await context.Response.WriteAsync(line + "\n");
            return true;
        });
        using var client = _server.Client();

        var error = await Assert.ThrowsAsync<ApiException>(() => CollectAsync(client, From(1)));

        Assert.Equal(ApiException.BadAnswer, error.Reason);
    }

    [Fact]
    public async Task Watch_LineBeyondTheLimit_IsRefused()
    {
        _server.Once(async (context, _) =>
        {
            await context.Response.WriteAsync(new string('x', 3 << 20));
            return true;
        });
        using var client = _server.Client(new KubernetesClientOptions { MaxObjectBytes = 1 << 20 });

        var error = await Assert.ThrowsAsync<ApiException>(() => CollectAsync(client, From(1)));

        Assert.Equal(ApiException.BadAnswer, error.Reason);
    }

    [Fact]
    public async Task Watch_Error_IsGivenToTheCaller()
    {
        _server.Store.Compact();
        _server.ExpiredAsEvent = true;
        using var client = _server.Client();

        await foreach (var change in client.WatchAsync(ApiResources.Gateways, ResourceScope.All, From(1), Cancellation))
        {
            Assert.Equal(WatchEventType.Error, change.Type);
            Assert.True(ApiException.FromStatus("watch gateways", change.Object.Span).IsExpired);
        }
    }

    [Fact]
    public async Task Watch_SilentStream_IsGivenUp()
    {
        var clock = new ManualTime();
        using var client = _server.Client(new KubernetesClientOptions { Clock = clock });
        var options = From(_server.Store.Version) with { StallTimeout = TimeSpan.FromMinutes(3) };

        var watch = CollectAsync(client, options);
        await clock.WaitForTimerAsync(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3));
        clock.Advance(TimeSpan.FromMinutes(3));

        var error = await Assert.ThrowsAsync<ApiException>(() => watch);
        Assert.Equal(ApiException.TimedOut, error.Reason);
    }

    [Fact]
    public async Task Watch_CutInTheMiddle_IsUnreachable()
    {
        using var client = _server.Client();
        _server.Once(async (context, _) =>
        {
            await context.Response.WriteAsync("""{"type":"ADDED","obj""");
            await context.Response.Body.FlushAsync();
            context.Abort();
            return true;
        });

        var error = await Assert.ThrowsAsync<ApiException>(() => CollectAsync(client, From(1)));

        Assert.Equal(ApiException.Unreachable, error.Reason);
    }

    private static WatchOptions From(long version) => new() { ResourceVersion = $"{version}" };

    private static async Task<List<string>> CollectAsync(KubernetesClient client, WatchOptions options)
    {
        var types = new List<string>();
        await foreach (var change in client.WatchAsync(ApiResources.Gateways, ResourceScope.All, options, Cancellation))
            types.Add(change.Type.ToString());
        return types;
    }
}
