using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Tests.Support;
using Sluice.Resources;

namespace Sluice.Kubernetes.Tests.Client;

public sealed class RetryTests : IAsyncLifetime
{
    private static readonly NamespacedName Name = new("infra", "a");

    private FakeApiServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _server.Store.Put(ApiResources.Services, "infra", "a", "1");
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Get_ServerAsksToWait_IsRepeatedThatMuchLater(int code)
    {
        var clock = new ManualTime();
        using var client = _server.Client(new KubernetesClientOptions { Clock = clock });
        _server.FailOnce(code, "TooManyRequests", retryAfterSeconds: 3);

        var get = client.GetAsync(ApiResources.Services, Name, Cancellation);
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.25));
        clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(get.IsCompleted);
        Assert.Single(_server.Requests);
        clock.Advance(TimeSpan.FromSeconds(0.4));

        Assert.Equal("1", Json.Value(await get));
        Assert.Equal(2, _server.Requests.Count);
    }

    [Fact]
    public async Task Get_ServerStaysBusy_GivesUpAndSaysHowLongToWait()
    {
        using var client = _server.Client(new KubernetesClientOptions { MaxRepetitions = 0 });
        _server.FailOnce(429, "TooManyRequests", retryAfterSeconds: 7);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.GetAsync(ApiResources.Services, Name, Cancellation));

        Assert.Equal(TimeSpan.FromSeconds(7), error.RetryAfter);
        Assert.True(error.IsTransient);
    }

    [Fact]
    public async Task Get_ServerWantsALongPause_IsTheCallersMatter()
    {
        using var client = _server.Client();
        _server.FailOnce(429, "TooManyRequests", retryAfterSeconds: 600);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.GetAsync(ApiResources.Services, Name, Cancellation));

        Assert.Equal(429, error.StatusCode);
    }

    [Fact]
    public async Task Get_ServerThatDoesNotAnswer_IsGivenUpAfterTheTimeout()
    {
        var clock = new ManualTime();
        using var client = _server.Client(new KubernetesClientOptions { Clock = clock });
        _server.Once(async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        });

        var get = client.GetAsync(ApiResources.Services, Name, Cancellation);
        await _server.WaitForAsync(_ => true);
        clock.Advance(TimeSpan.FromSeconds(30));

        var error = await Assert.ThrowsAsync<ApiException>(() => get);
        Assert.Equal(ApiException.TimedOut, error.Reason);
        Assert.Equal("get services infra/a: nothing came within 30 s", error.Message);
    }

    [Fact]
    public async Task Get_CallerGivesUp_IsCancelledAndNoTimeout()
    {
        using var client = _server.Client();
        using var caller = new CancellationTokenSource();
        _server.Once(async (context, _) =>
        {
            await caller.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync(ApiResources.Services, Name, caller.Token));
    }

    [Fact]
    public async Task Get_ConnectionBreaksInTheAnswer_IsUnreachable()
    {
        using var client = _server.Client();
        _server.Once(async (context, _) =>
        {
            context.Response.ContentLength = 100;
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            context.Abort();
            return true;
        });

        var error = await Assert.ThrowsAsync<ApiException>(() => client.GetAsync(ApiResources.Services, Name, Cancellation));

        Assert.Equal(ApiException.Unreachable, error.Reason);
    }

    [Fact]
    public async Task Get_NobodyListens_SaysWhereItTried()
    {
        await _server.DisposeAsync();
        using var client = _server.Client();

        var error = await Assert.ThrowsAsync<ApiException>(() => client.GetAsync(ApiResources.Services, Name, Cancellation));

        Assert.Equal(ApiException.Unreachable, error.Reason);
        Assert.Contains($"{_server.Uri} cannot be reached", error.Message, StringComparison.Ordinal);
        Assert.Contains("refused", error.Message, StringComparison.Ordinal);
        _server = await FakeApiServer.StartAsync();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(302)]
    [InlineData(503)]
    public async Task Create_ServerFails_IsNotRepeated(int code)
    {
        using var client = _server.Client();
        _server.FailOnce(code, "InternalError");

        var error = await Assert.ThrowsAsync<ApiException>(() => client.CreateAsync(ApiResources.Services, "infra", Json.Bytes("{}"), cancellation: Cancellation));

        Assert.Equal(code, error.StatusCode);
        Assert.Single(_server.Requests);
    }
}
