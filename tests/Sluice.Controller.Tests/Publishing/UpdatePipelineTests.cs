using Sluice.Controller.Publishing;
using Sluice.Controller.Standalone;
using Sluice.Controller.Telemetry;
using Sluice.Controller.Tests.Support;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Tests.Publishing;

public sealed class UpdatePipelineTests
{
    private readonly RecordingDataPlane _dataPlane = new();
    private readonly UpdatePipeline _pipeline;

    public UpdatePipelineTests() => _pipeline = UpdatePipeline.Standalone(new StandaloneOptions { Paths = ["."] }, _dataPlane, new ControllerMetrics());

    [Fact]
    public async Task PutInForce_NewGateways_AreAppliedAndProgrammed()
    {
        var state = await _pipeline.PutInForceAsync(Snapshots.Update(Gateway("a", 80), Gateway("b", 81)));

        Assert.Equal(["apply default/a", "apply default/b"], _dataPlane.Calls);
        Assert.Equal(1, state.Generation);
        Assert.True(Programmed(state, "a").Status);
        Assert.True(Programmed(state, "b").Status);
    }

    [Fact]
    public async Task PutInForce_OneGatewayChanged_AppliesOnlyThatOne()
    {
        var update = Snapshots.Update(Gateway("a", 80), Gateway("b", 81));
        await _pipeline.PutInForceAsync(update);
        _dataPlane.Calls.Clear();

        var changed = Snapshots.Of(Gateway("b", 81, 82)).Gateways[Key("b")];
        await _pipeline.PutInForceAsync(update with { Snapshot = update.Snapshot with { Gateways = update.Snapshot.Gateways.SetItem(Key("b"), changed) } });

        Assert.Equal(["apply default/b"], _dataPlane.Calls);
    }

    [Fact]
    public async Task PutInForce_GatewayRemoved_RemovesBeforeItApplies()
    {
        await _pipeline.PutInForceAsync(Snapshots.Update(Gateway("a", 80)));
        _dataPlane.Calls.Clear();

        var state = await _pipeline.PutInForceAsync(Snapshots.Update(Gateway("b", 80)));

        Assert.Equal(["remove default/a", "apply default/b"], _dataPlane.Calls);
        Assert.False(state.Gateways.ContainsKey(Key("a")));
    }

    [Fact]
    public async Task PutInForce_PortCannotBeBound_IsNotProgrammedAndTriedAgainWithTheNextUpdate()
    {
        _dataPlane.Answer = _ => new ApplyOutcome(true, [new ApplyFailure("l80", "port 80 needs a privilege")]);
        var update = Snapshots.Update(Gateway("a", 80));

        var refused = await _pipeline.PutInForceAsync(update);
        _dataPlane.Answer = _ => ApplyOutcome.Success;
        var mended = await _pipeline.PutInForceAsync(update);

        Assert.False(Programmed(refused, "a").Status);
        Assert.Contains("port 80 needs a privilege", refused.Gateways[Key("a")].Listeners[0].Conditions.Single(condition => condition.Type == "Programmed").Message, StringComparison.Ordinal);
        Assert.True(Programmed(mended, "a").Status);
        Assert.Equal(["apply default/a", "apply default/a"], _dataPlane.Calls);
    }

    [Fact]
    public async Task TryPutInForce_Defect_KeepsWhatIsInForce()
    {
        var before = await _pipeline.PutInForceAsync(Snapshots.Update(Gateway("a", 80)));
        _dataPlane.Answer = _ => throw new InvalidOperationException("a defect");
        var defects = new List<Exception>();

        var failed = await _pipeline.TryPutInForceAsync(Snapshots.Update(Gateway("a", 81)), defects.Add);

        Assert.Null(failed);
        Assert.Equal("a defect", Assert.Single(defects).Message);
        Assert.Same(before, _pipeline.State);

        _dataPlane.Answer = _ => ApplyOutcome.Success;
        var after = await _pipeline.TryPutInForceAsync(Snapshots.Update(Gateway("a", 81)), defects.Add);
        Assert.True(Programmed(after!, "a").Status);
        Assert.Single(defects);
    }

    [Fact]
    public async Task PutInForce_NothingChanged_KeepsStatusInstances()
    {
        var update = Snapshots.Update(Gateway("a", 80));

        var first = await _pipeline.PutInForceAsync(update);
        var second = await _pipeline.PutInForceAsync(update);

        Assert.Same(first.Gateways[Key("a")], second.Gateways[Key("a")]);
        Assert.Equal(2, second.Generation);
    }

    private static string Gateway(string name, params int[] ports) => Snapshots.Gateway(name, ports: ports);

    private static NamespacedName Key(string name) => new("default", name);

    private static Condition Programmed(ControllerState state, string gateway) =>
        Status(state, gateway).Conditions.Single(condition => condition.Type == "Programmed");

    private static GatewayStatus Status(ControllerState state, string gateway) => state.Gateways[Key(gateway)];
}
