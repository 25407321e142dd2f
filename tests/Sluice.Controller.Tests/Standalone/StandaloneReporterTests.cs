using System.Net;
using Sluice.Controller.Publishing;
using Sluice.Controller.Standalone;
using Sluice.Controller.Telemetry;
using Sluice.Controller.Tests.Publishing;
using Sluice.Controller.Tests.Support;
using Sluice.Translation;

namespace Sluice.Controller.Tests.Standalone;

public sealed class StandaloneReporterTests : IDisposable
{
    private const string GoodRoute = "  rules: [{backendRefs: [{name: s, port: 80}]}]\n";

    private readonly StringWriter _output = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly RecordingDataPlane _dataPlane = new();
    private readonly UpdatePipeline _pipeline;
    private readonly StandaloneReporter _reporter;

    public StandaloneReporterTests()
    {
        _pipeline = UpdatePipeline.Standalone(new StandaloneOptions { Paths = ["."] }, _dataPlane, new ControllerMetrics());
        _reporter = new StandaloneReporter(_output, _error);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Update_NewGateway_SaysWhereItIsServed()
    {
        await UpdateAsync(Snapshots.Gateway("a", ports: 80), Snapshots.Route("r", "a", GoodRoute), Snapshots.Service("s"));
        _reporter.Ready(_pipeline.State, new IPEndPoint(IPAddress.Loopback, 19000), TimeSpan.FromSeconds(0.25));

        Assert.Equal(
            """
            Gateway default/a
              http://127.0.0.1:80  *  1 route  (listener l80)
            Admin endpoint http://127.0.0.1:19000
            Ready in 0.25 s: 1 Gateway, 1 route from 1 file. Changes are followed; Ctrl-C stops.

            """,
            _output.ToString());
    }

    [Fact]
    public async Task Update_SameProblemAgain_IsToldOnce()
    {
        string[] manifests = [Snapshots.Gateway("a", ports: 80), Snapshots.Route("r", "a", GoodRoute)];
        await UpdateAsync(manifests);
        var first = _error.ToString();
        await UpdateAsync(["# moved down by a line\n", .. manifests]);

        Assert.Contains("HTTPRoute default/r", first, StringComparison.Ordinal);
        Assert.Contains("BackendNotFound", first, StringComparison.Ordinal);
        Assert.Equal(first, _error.ToString());
    }

    [Fact]
    public async Task Update_ProblemGone_IsToldToo()
    {
        await UpdateAsync(Snapshots.Gateway("a", ports: 80), Snapshots.Route("r", "a", GoodRoute));
        await UpdateAsync(Snapshots.Gateway("a", ports: 80), Snapshots.Route("r", "a", GoodRoute), Snapshots.Service("s"));

        Assert.Contains("HTTPRoute default/r: no problems any more", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_InvalidManifest_IsToldWithFileAndLine()
    {
        await UpdateAsync("apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: a}\nspec:\n  gatewayClassName: c\n  listeners: [{name: x, port: 443nginx, protocol: HTTP}]\n");

        Assert.Contains("test.yaml:6:", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("spec.listeners[0].port", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_PortCannotBeBound_SaysWhatToDo()
    {
        _dataPlane.Answer = _ => new ApplyOutcome(true, [new ApplyFailure("l80", "port 80 needs a privilege that this process does not have")]);

        await UpdateAsync(Snapshots.Gateway("a", ports: 80));

        Assert.Contains("not served: port 80", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("port 80 needs a privilege", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("--port-offset 8000", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_ManyProblems_AreCounted()
    {
        await UpdateAsync([Snapshots.Gateway("a", ports: 80), .. Enumerable.Range(0, 80).Select(i => Snapshots.Route($"r{i}", "a", GoodRoute))]);

        Assert.Contains("… and 31 more", _error.ToString(), StringComparison.Ordinal);
    }

    private async Task UpdateAsync(params string[] manifests) => _reporter.Update(await _pipeline.PutInForceAsync(Snapshots.Update(manifests)));
}
