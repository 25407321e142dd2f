using Sluice.ApiServer.Tests.Kubectl;
using Sluice.Cli.Tests.Support;
using static Sluice.Cli.Tests.Run.RunManifests;

namespace Sluice.Cli.Tests.Run;

/// <summary>kubectl as the client of <c>sluice run</c>, and what becomes of the traffic.</summary>
public sealed class KubectlTests : IAsyncLifetime
{
    private readonly ManifestFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private EchoBackend _echo = null!;
    private RunningSluice _sluice = null!;
    private KubectlClient _kubectl = null!;

    public async ValueTask InitializeAsync()
    {
        _echo = await EchoBackend.StartAsync("one");
        _folder.Write("web.yaml", Gateway("web", _port) + Service("one", _echo.Port));
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _kubectl.Dispose();
        await _sluice.DisposeAsync();
        await _echo.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Apply_GetDescribeWaitEditDelete_WorkOnWhatIsServed()
    {
        var route = _kubectl.FileOf(Route("shop", "web", "shop.example", "one"));

        Assert.Contains("httproute.gateway.networking.k8s.io/shop created", await _kubectl.OkAsync("apply", "-f", route), StringComparison.Ordinal);
        await _sluice.GetUntilAsync(answer => answer.Status == 200, _port, "shop.example", "/");
        await _kubectl.OkAsync("wait", "--for=condition=Programmed", "gateway/web", "--timeout=60s");
        await _kubectl.OkAsync("wait", "--for=jsonpath={.status.parents[0].conditions[?(@.type==\"Accepted\")].status}=True", "httproute/shop", "--timeout=60s");
        Assert.Matches(@"NAME +CLASS +ADDRESS +PROGRAMMED +AGE\nweb +sluice +127\.0\.0\.1 +True ", await _kubectl.OkAsync("get", "gateway"));
        Assert.Matches(@"shop +\[""shop\.example""\]", await _kubectl.OkAsync("get", "httproutes"));
        Assert.Matches("Controller Name: +sluice.dev/gateway-controller", await _kubectl.OkAsync("describe", "httproute", "shop"));

        _kubectl.Variables["KUBE_EDITOR"] = "sed -i s/shop.example/edited.example/";
        await _kubectl.OkAsync("edit", "httproute", "shop");
        await _sluice.GetUntilAsync(answer => answer.Status == 200, _port, "edited.example", "/");
        await _kubectl.OkAsync("wait", "--for=jsonpath={.status.parents[0].conditions[0].observedGeneration}=2", "httproute/shop", "--timeout=60s");

        await _kubectl.OkAsync("delete", "httproute", "shop");
        await _sluice.GetUntilAsync(answer => answer.Status == 404, _port, "edited.example", "/");
    }

    [Fact]
    public async Task Apply_WhatIsInvalid_ChangesNothingAndSaysWhy()
    {
        var result = await _kubectl.RunAsync("apply", "-f", _kubectl.FileOf(Gateway("bad", 99_999)));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("spec.listeners[0].port: must be a whole number from 1 to 65535", result.Error, StringComparison.Ordinal);
        Assert.Contains("NotFound", (await _kubectl.RunAsync("get", "gateway", "bad")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restart_KeepsWhatWasApplied_AndTakesWhatWasChangedByHand()
    {
        await _kubectl.OkAsync("apply", "-f", _kubectl.FileOf(Route("shop", "web", "shop.example", "one")));
        await RestartAsync();

        Assert.Equal(200, (await _sluice.GetAsync(_port, "shop.example", "/")).Status);
        Assert.Equal("1", await _kubectl.OkAsync("get", "httproute", "shop", "-o", "jsonpath={.metadata.generation}"));

        // Now while it runs: the file that keeps the object is a manifest like others.
        var file = Path.Combine(_folder.Path, "default", "httproute", "shop.yaml");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text.Replace("shop.example", "hand.example", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await _sluice.GetUntilAsync(answer => answer.Status == 200, _port, "hand.example", "/");
        Assert.Equal("[\"hand.example\"] 2", await _kubectl.OkAsync("get", "httproute", "shop", "-o", "jsonpath={.spec.hostnames} {.metadata.generation}"));

        File.Delete(file);
        await _sluice.GetUntilAsync(answer => answer.Status == 404, _port, "hand.example", "/");
        Assert.Contains("NotFound", (await _kubectl.RunAsync("get", "httproute", "shop")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ObjectsOfFiles_FollowTheirFile_AndAreChangedThereOnly()
    {
        Assert.Equal("web.yaml:1", Path.GetFileName(await _kubectl.OkAsync("get", "gateway", "web", "-o", "jsonpath={.metadata.annotations.sluice\\.dev/file}")));
        var labelled = await _kubectl.RunAsync("label", "gateway", "web", "a=b");
        var deleted = await _kubectl.RunAsync("delete", "service", "one");

        Assert.Contains("web.yaml:1; change it there", labelled.Expect(1).Error, StringComparison.Ordinal);
        Assert.Matches(@"it is defined in the file .*web\.yaml:\d+; take it out there", deleted.Expect(1).Error);

        var other = FreePort.Next();
        _folder.Write("web.yaml", Gateway("web", other) + Service("one", _echo.Port));
        await _kubectl.OkAsync("wait", "--for=jsonpath={.spec.listeners[0].port}=" + other, "gateway/web", "--timeout=60s");
        await _kubectl.OkAsync("wait", "--for=condition=Programmed", "gateway/web", "--timeout=60s");
        Assert.Equal("2 2", await _kubectl.OkAsync("get", "gateway", "web", "-o", "jsonpath={.metadata.generation} {.status.conditions[0].observedGeneration}"));

        // What was right last is in force, and shown, while the file is broken.
        _folder.Write("web.yaml", Gateway("web", 99_999) + Service("one", _echo.Port));
        await _sluice.Process.WaitForErrorLineAsync("must be a whole number from 1 to 65535");
        Assert.Equal(404, (await _sluice.GetAsync(other, "any.example", "/")).Status);
        Assert.Equal($"{other}", await _kubectl.OkAsync("get", "gateway", "web", "-o", "jsonpath={.spec.listeners[0].port}"));
    }

    [Fact]
    public async Task ObjectOfBoth_IsTheApis_UntilItIsDeletedThere()
    {
        await _kubectl.OkAsync("apply", "-f", _kubectl.FileOf(Route("shop", "web", "api.example", "one")));
        _folder.Write("shop.yaml", Route("shop", "web", "file.example", "one"));
        await _sluice.Process.WaitForErrorLineAsync("was made by the Kubernetes API too");
        Assert.Equal(200, (await _sluice.GetAsync(_port, "api.example", "/")).Status);

        await _kubectl.OkAsync("delete", "httproute", "shop");

        await _sluice.GetUntilAsync(answer => answer.Status == 200, _port, "file.example", "/");
        Assert.Equal(404, (await _sluice.GetAsync(_port, "api.example", "/")).Status);
        await _kubectl.OkAsync("wait", "--for=jsonpath={.spec.hostnames[0]}=file.example", "httproute/shop", "--timeout=60s");
    }

    [Fact]
    public async Task Terminate_WithAWatch_EndsBoth()
    {
        using var watch = _kubectl.Start("get", "gateways", "-w", "-o", "name");
        Assert.Contains("web", await watch.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        _sluice.Process.Terminate();

        Assert.Equal(0, (await _sluice.Process.WaitForExitAsync()).ExitCode);
        await watch.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private async Task StartAsync()
    {
        _sluice = await RunningSluice.StartAsync(_folder.Path, "--api", "127.0.0.1:0");
        _kubectl = new KubectlClient(await _sluice.ApiAsync());
    }

    private async Task RestartAsync()
    {
        _sluice.Process.Terminate();
        Assert.Equal(0, (await _sluice.Process.WaitForExitAsync()).ExitCode);
        _kubectl.Dispose();
        await _sluice.DisposeAsync();
        await StartAsync();
    }
}
