using System.Text;
using System.Text.Json.Nodes;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Events;
using Sluice.Kubernetes.Tests.Support;
using Sluice.Resources;

namespace Sluice.Kubernetes.Tests.Events;

public sealed class EventRecorderTests : IAsyncLifetime
{
    private static readonly EventTarget Route = new(ApiResources.HttpRoutes, new NamespacedName("infra", "a"), "uid-1");

    private readonly ManualTime _clock = new();
    private FakeApiServer _server = null!;
    private KubernetesClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync();
        _client = _server.Client();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Record_Event_IsWrittenWhole()
    {
        var recorder = Recorder();
        recorder.Record(Route, EventType.Warning, "BackendNotFound", "Reconcile", "Service b does not exist", new EventTarget(ApiResources.GatewayClasses, new NamespacedName("", "sluice")));
        await recorder.DisposeAsync();

        var request = Assert.Single(_server.Requests);
        Assert.Equal("/apis/events.k8s.io/v1/namespaces/infra/events", request.Path);
        var json = JsonNode.Parse(request.Body)!;
        Assert.Matches("^a\\.[0-9a-f]{16}$", (string?)json["metadata"]!["name"]);
        Assert.Equal("sluice.dev/gateway-controller", (string?)json["reportingController"]);
        Assert.Equal("pod-1", (string?)json["reportingInstance"]);
        Assert.Equal("2026-03-02T09:00:00.000000Z", (string?)json["eventTime"]);
        Assert.Equal("Warning", (string?)json["type"]);
        Assert.Equal("BackendNotFound", (string?)json["reason"]);
        Assert.Equal("Reconcile", (string?)json["action"]);
        Assert.Equal("Service b does not exist", (string?)json["note"]);
        Assert.Equal("""{"apiVersion":"gateway.networking.k8s.io/v1","kind":"HTTPRoute","name":"a","namespace":"infra","uid":"uid-1"}""", json["regarding"]!.ToJsonString());
        Assert.Equal("""{"apiVersion":"gateway.networking.k8s.io/v1","kind":"GatewayClass","name":"sluice"}""", json["related"]!.ToJsonString());
    }

    [Fact]
    public async Task Record_ClusterScopedObject_IsToldInDefault()
    {
        var recorder = Recorder();
        recorder.Record(new EventTarget(ApiResources.GatewayClasses, new NamespacedName("", "sluice")), EventType.Normal, "Accepted", "Reconcile", "");
        await recorder.DisposeAsync();

        Assert.Equal("/apis/events.k8s.io/v1/namespaces/default/events", Assert.Single(_server.Requests).Path);
    }

    [Fact]
    public async Task Record_EqualEvents_AreOneWithACount()
    {
        var recorder = Recorder();
        for (var i = 0; i < 5; i++)
            recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "same");
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "other");
        await recorder.DisposeAsync();

        Assert.Equal(["POST", "POST", "PATCH"], _server.Requests.Select(request => request.Method));
        Assert.Equal("""{"series":{"count":5,"lastObservedTime":"2026-03-02T09:00:00.000000Z"}}""", _server.Requests[2].Body);
        Assert.Equal(0, recorder.Dropped);
    }

    [Fact]
    public async Task Record_SeriesThatGoesOn_IsWrittenEvery30Seconds()
    {
        await using var recorder = Recorder();
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "same");
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "same");
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
        Assert.Single(_server.Requests);
        _clock.Advance(TimeSpan.FromSeconds(30));

        var patch = await _server.WaitForAsync(request => request.Method == "PATCH");
        Assert.Contains("\"count\":2", patch.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_SeriesThatEnded_IsANewEvent()
    {
        await using var recorder = Recorder();
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "same");
        await _server.WaitForAsync(request => request.Method == "POST");
        await WaitForEventsAsync(1);
        _clock.Advance(TimeSpan.FromMinutes(7));
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "same");

        await _server.WaitForAsync(request => request.Method == "POST", count: 2);
    }

    [Fact]
    public async Task Record_SeriesThatTheServerForgot_IsANewEventTheNextTime()
    {
        await using var recorder = Recorder();
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "same");
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "same");
        await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30));
        foreach (var item in _server.Store.List(FakeStore.CollectionOf(ApiResources.Events), "infra").Items)
            _server.Store.Delete(ApiResources.Events, "infra", (string)item["metadata"]!["name"]!);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await _server.WaitForAsync(request => request.Method == "PATCH");
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "same");

        await _server.WaitForAsync(request => request.Method == "POST", count: 2);
    }

    [Fact]
    public async Task Record_TooManyAboutOneObject_LosesTheRestAndTouchesNoOther()
    {
        var recorder = Recorder();
        for (var i = 0; i < 40; i++)
            recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", $"number {i}");
        recorder.Record(Route with { Name = new NamespacedName("infra", "b") }, EventType.Normal, "Accepted", "Reconcile", "other");
        await recorder.DisposeAsync();

        Assert.Equal(25 + 1, _server.Requests.Count);
        Assert.Equal(15, recorder.Dropped);
    }

    [Fact]
    public async Task Record_AfterAMinute_OneMoreIsLetThrough()
    {
        await using var recorder = Recorder();
        for (var i = 0; i < 30; i++)
            recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", $"number {i}");
        await WaitForDroppedAsync(recorder, 5);
        _clock.Advance(TimeSpan.FromMinutes(1));
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "later");
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "too soon");
        await WaitForDroppedAsync(recorder, 6);

        Assert.Equal(26, _server.Requests.Count);
    }

    [Fact]
    public async Task Record_ServerThatDoesNotAnswer_BlocksNobody()
    {
        _server.Always = async (context, _) =>
        {
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            return true;
        };
        var recorder = Recorder(new EventRecorderOptions { Controller = "c", Instance = "i", QueueLength = 10, Clock = _clock });
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "first");
        await _server.WaitForAsync(_ => true);
        for (var i = 0; i < 100; i++)
            recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", $"number {i}");

        Assert.Equal(90, recorder.Dropped);
        await recorder.DisposeAsync();
    }

    [Fact]
    public async Task Record_ServerFailsAtFirst_IsRepeated()
    {
        _server.FailOnce(500, "InternalError");
        _server.Once((context, _) =>
        {
            context.Abort();
            return Task.FromResult(true);
        });
        var recorder = Recorder(new EventRecorderOptions { Controller = "c", Instance = "i" });
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "");
        await WaitForEventsAsync(1);
        await recorder.DisposeAsync();

        Assert.Equal(0, recorder.Dropped);
    }

    [Fact]
    public async Task Record_NamespaceThatGoesAway_DropsAtOnce()
    {
        ApiException? dropped = null;
        _server.FailOnce(403, "Forbidden", "being terminated");
        var recorder = Recorder(new EventRecorderOptions { Controller = "c", Instance = "i", Clock = _clock, OnDropped = error => dropped = error });
        recorder.Record(Route, EventType.Normal, "Accepted", "Reconcile", "");
        await recorder.DisposeAsync();

        Assert.Single(_server.Requests);
        Assert.Equal(1, recorder.Dropped);
        Assert.Contains("being terminated", dropped!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Record_LongTexts_AreCutToWhatServersTake()
    {
        var recorder = Recorder(new EventRecorderOptions { Controller = "c", Instance = new string('i', 200), Clock = _clock });
        recorder.Record(new EventTarget(ApiResources.Gateways, new NamespacedName("infra", new string('g', 253))), EventType.Normal, new string('R', 200), new string('A', 200), new string('ü', 2000));
        await recorder.DisposeAsync();

        var json = JsonNode.Parse(Assert.Single(_server.Requests).Body)!;
        Assert.Equal(253, ((string)json["metadata"]!["name"]!).Length);
        Assert.All(["reportingInstance", "reason", "action"], field => Assert.InRange(Encoding.UTF8.GetByteCount((string)json[field]!), 120, 128));
        Assert.InRange(Encoding.UTF8.GetByteCount((string)json["note"]!), 1020, 1024);
        Assert.EndsWith("ü…", (string?)json["note"], StringComparison.Ordinal);
    }

    private EventRecorder Recorder(EventRecorderOptions? options = null) =>
        new(_client, options ?? new EventRecorderOptions { Controller = "sluice.dev/gateway-controller", Instance = "pod-1", Clock = _clock });

    private Task WaitForEventsAsync(int count) => Poll.UntilAsync(() => _server.Store.List(FakeStore.CollectionOf(ApiResources.Events), "infra").Items.Count >= count);

    private static Task WaitForDroppedAsync(EventRecorder recorder, int count) => Poll.UntilAsync(() => recorder.Dropped >= count);
}
