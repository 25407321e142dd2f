using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Client;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Tests.Statuses;

public sealed class StatusWriterTests : IAsyncDisposable
{
    private const string Ours = "sluice.dev/gateway-controller";
    private const string Kind = "HTTPRoute";
    private static readonly NamespacedName A = new("n", "a");

    private readonly FakeStatusApi _api = new();
    private readonly StatusBook _book = new([Ours], TimeProvider.System);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _failures = [];
    private readonly StatusWriter _writer;
    private Task _running = Task.CompletedTask;

    public StatusWriterTests() => _writer = new StatusWriter(_book, _api, new StatusMerge([Ours]), TimeProvider.System)
    {
        OnFailure = (_, key, error) =>
        {
            lock (_failures)
                _failures.Add($"{key}: {error.Message}");
        },
    };

    [Fact]
    public async Task Wanted_IsWrittenOnce()
    {
        _api.Put(Kind, A);
        _book.Observe(Kind, A, "101", [], isOurs: true);
        _book.Want(Kind, Routes("web"));

        await RunUntilAsync(() => _writer.Writes == 1);

        Assert.Equal(["patch HTTPRoute n/a"], _api.Calls);
        Assert.Equal("web", (string?)_api.Status(Kind, A)!["parents"]![0]!["parentRef"]!["name"]);
    }

    [Fact]
    public async Task Unknown_IsLookedAtFirst_AndNotWrittenWhenItIsRight()
    {
        _api.Put(Kind, A);
        _book.Want(Kind, Routes("web"));
        await RunUntilAsync(() => _writer.Writes == 1);
        var status = _api.Status(Kind, A)!.ToJsonString();
        await StopAsync();

        // As after a restart.
        var book = new StatusBook([Ours], TimeProvider.System);
        var writer = new StatusWriter(book, _api, new StatusMerge([Ours]), TimeProvider.System);
        book.Want(Kind, Routes("web"));
        _api.Calls.Clear();
        using var stop = new CancellationTokenSource();
        var running = writer.RunAsync(stop.Token);
        await WaitAsync(() => writer.Unchanged == 1);
        await stop.CancelAsync();
        await running;

        Assert.Equal(["get HTTPRoute n/a"], _api.Calls);
        Assert.Equal(status, _api.Status(Kind, A)!.ToJsonString());
    }

    [Fact]
    public async Task Conflict_LooksAgain_AndKeepsWhatTheOtherWrote()
    {
        const string Other = """{"parents":[{"controllerName":"other.example/c","parentRef":{"name":"x"},"conditions":[]}]}""";
        _api.Put(Kind, A);
        _book.Observe(Kind, A, "101", [], isOurs: true);
        var crossed = false;
        _api.Before = call =>
        {
            if (call.StartsWith("patch", StringComparison.Ordinal) && !crossed)
            {
                crossed = true;
                _api.Put(Kind, A, Other);
            }
        };
        _book.Want(Kind, Routes("web"));

        await RunUntilAsync(() => _writer.Writes == 1);

        Assert.Equal(["other.example/c", Ours], _api.Status(Kind, A)!["parents"]!.AsArray().Select(parent => (string?)parent!["controllerName"]));
        Assert.Equal(1, _writer.Conflicts);
    }

    [Fact]
    public async Task ObjectThatIsGone_IsGivenUp()
    {
        var asked = new TaskCompletionSource();
        _api.Before = _ => asked.TrySetResult();
        _book.Want(Kind, Routes("web"));
        _running = _writer.RunAsync(_stop.Token);
        await asked.Task;
        await StopAsync();

        Assert.Equal(["get HTTPRoute n/a"], _api.Calls);
        Assert.Equal(0, _writer.Writes);
    }

    [Fact]
    public async Task ServerThatIsAway_GetsOneRequestAtATime_AndEverythingIsWrittenWhenItIsBack()
    {
        var keys = Enumerable.Range(0, 40).Select(i => new NamespacedName("n", $"r{i}")).ToList();
        foreach (var key in keys)
            _api.Put(Kind, key);
        var failing = 5;
        _api.Before = call =>
        {
            if (Interlocked.Decrement(ref failing) >= 0)
                throw new ApiException(0, ApiException.Unreachable, "connection refused");
        };
        _book.Want(Kind, keys.ToDictionary(key => key, _ => Route("web")));

        await RunUntilAsync(() => _writer.Writes == keys.Count);

        Assert.Equal(5, _writer.Errors);
    }

    [Fact]
    public async Task RefusedStatus_IsToldAndLeavesOthersAlone()
    {
        var bad = new NamespacedName("n", "bad");
        _api.Put(Kind, A);
        _api.Put(Kind, bad);
        _api.Before = call =>
        {
            if (call == "patch HTTPRoute n/bad")
                throw new ApiException(403, "Forbidden", "patch httproutes/status is forbidden");
        };
        _book.Want(Kind, new Dictionary<NamespacedName, RouteStatus> { [bad] = Route("web"), [A] = Route("web") });

        await RunUntilAsync(() => _writer.Writes == 1 && _writer.Errors == 1);

        Assert.Equal(["n/bad: patch httproutes/status is forbidden"], _failures);
    }

    [Fact]
    public async Task ThousandRoutes_AreAllWritten()
    {
        var keys = Enumerable.Range(0, 1000).Select(i => new NamespacedName("n", $"r{i}")).ToList();
        foreach (var key in keys)
        {
            _api.Put(Kind, key);
            _book.Observe(Kind, key, "0", [], isOurs: true);
        }
        _book.Want(Kind, keys.ToDictionary(key => key, _ => Route("web")));

        await RunUntilAsync(() => _writer.Writes == keys.Count);

        Assert.All(keys, key => Assert.NotNull(_api.Status(Kind, key)));
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task RunUntilAsync(Func<bool> done)
    {
        _running = _writer.RunAsync(_stop.Token);
        await WaitAsync(done);
    }

    private static async Task WaitAsync(Func<bool> done)
    {
        while (!done())
            await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    private static Dictionary<NamespacedName, RouteStatus> Routes(string parent) => new() { [A] = Route(parent) };

    private static RouteStatus Route(string parent) => new([new RouteParentStatus(new ParentReference(parent, "n"), Ours, [new Condition("Accepted", true, "Accepted", "", 1)])]);
}
