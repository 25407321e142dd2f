using Sluice.Kubernetes.Infrastructure;

namespace Sluice.Kubernetes.Tests.Infrastructure;

/// <summary>
/// What is made of the cases. After an intended change, run with SLUICE_UPDATE_CASES=1 to write the expectations anew, and
/// review the difference.
/// </summary>
public sealed class RenderingTests
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("SLUICE_UPDATE_CASES") == "1";

    public static TheoryData<string> Cases => [.. RenderCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Render_Case_GivesWhatIsExpected(string name)
    {
        var file = Path.Combine(RenderCase.Folder, name, "expected.json");
        var rendered = RenderCase.Render(File.ReadAllText(Path.Combine(RenderCase.Folder, name, "in.yaml")), out var findings);

        var actual = RenderCase.Text(rendered, findings);

        if (Updates)
            File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} is missing: write it with SLUICE_UPDATE_CASES=1");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Render_Case_BelongsToTheGatewayAndIsFoundByItsLabels(string name)
    {
        foreach (var rendered in RenderCase.Render(name).Objects)
        {
            var metadata = rendered.Body.Object("metadata")!;
            var owner = Assert.Single(metadata.Objects("ownerReferences"));
            Assert.Equal((RenderCase.Uid, true, true), (owner.Text("uid"), owner.IsTrue("controller"), owner.IsTrue("blockOwnerDeletion")));
            Assert.Equal(ProxyLabels.Manager, metadata.Object("labels")!.Text(ProxyLabels.ManagedBy));
            Assert.Equal(rendered.Hash, metadata.Object("annotations")!.Text(ProxyLabels.HashAnnotation));
            Assert.InRange(rendered.Identity.Name.Length, 1, 63);
            Assert.All(metadata.Object("labels")!, label => Assert.InRange(label.Value!.GetValue<string>().Length, 0, 63));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Render_Twice_GivesTheSame(string name) =>
        Assert.Equal(RenderCase.Text(RenderCase.Render(name), []), RenderCase.Text(RenderCase.Render(name), []));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Render_Case_SelectsItsPods(string name)
    {
        var rendered = RenderCase.Render(name).Objects;
        foreach (var workload in rendered.Where(one => one.Identity.Kind is "Deployment" or "DaemonSet"))
        {
            var labels = workload.Body.Object("spec")!.Object("template")!.Object("metadata")!.Object("labels")!;
            var selectors = rendered.Where(one => one.Identity.Kind == "Service").Select(one => one.Body.Object("spec")!.Object("selector")!)
                .Append(workload.Body.Object("spec")!.Object("selector")!.Object("matchLabels")!);
            Assert.All(selectors.SelectMany(selector => selector), label => Assert.Equal(label.Value!.GetValue<string>(), labels.Text(label.Key)));
        }
    }

    [Fact]
    public void Render_OtherListeners_LeavesThePodsAsTheyAre()
    {
        var one = Pods(Manifest.Gateway("- {name: a, port: 80, protocol: HTTP}"));
        var other = Pods(Manifest.Gateway("- {name: a, port: 80, protocol: HTTP}\n  - {name: b, port: 5353, protocol: UDP}"));

        Assert.Equal(one.Hash, other.Hash);
    }

    [Fact]
    public void Render_SessionKey_ReachesThePodsThroughASecretAlone()
    {
        var rendered = RenderCase.RenderText(Manifest.Gateway(), new byte[32]);

        var secret = rendered.Objects.Single(one => one.Identity.Kind == "Secret");
        Assert.Equal(Convert.ToBase64String(new byte[32]), secret.Body.Object("data")!.Text("session-key"));
        var pod = rendered.Objects.Single(one => one.Identity.Kind == "Deployment").Body.ToJsonString();
        Assert.Contains("\"--session-key-file\",\"/var/run/secrets/sluice/session-key\"", pod, StringComparison.Ordinal);
        Assert.Contains("\"secret\":{\"name\":\"edge-sluice-sessions\"", pod, StringComparison.Ordinal);
        Assert.Equal("Secret infra/edge-sluice-sessions", secret.ToString());
    }

    [Theory]
    [InlineData("spec: {kube: {horizontalPodAutoscaler: {spec: {minReplicas: 2}}}}", "GatewayParameters infra/p: spec.kube.horizontalPodAutoscaler: spec.maxReplicas is required")]
    [InlineData("spec: {kube: {horizontalPodAutoscaler: {spec: {maxReplicas: many}}}}", "GatewayParameters infra/p: spec.kube.horizontalPodAutoscaler: spec.maxReplicas is required")]
    public void Render_ParametersThatDoNotFit_AreInvalid(string spec, string message)
    {
        var exception = Assert.Throws<InvalidParametersException>(() => RenderCase.RenderText(Manifest.Gateway(parameters: "p") + Manifest.Parameters("p", spec)));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Gateway infra/edge: spec.infrastructure.parametersRef: GatewayParameters \"infra/p\" does not exist, or has errors")]
    [InlineData("\n  namespace: other", "GatewayParameters \"infra/p\" does not exist")]
    public void Resolve_MissingParameters_AreInvalid(string where, string message)
    {
        var parameters = where.Length == 0 ? "" : Manifest.Parameters("p", "spec: {kube: {}}").Replace("namespace: infra", where.Trim(), StringComparison.Ordinal);

        var exception = Assert.Throws<InvalidParametersException>(() => RenderCase.RenderText(Manifest.Gateway(parameters: "p") + parameters));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, null, 5, 30, 40)]
    [InlineData(true, 10, null, 10, 30, 45)]
    [InlineData(false, null, null, 0, 30, 35)]
    [InlineData(null, null, 300, 5, 290, 300)]
    [InlineData(null, 10, 20, 10, 5, 20)]
    [InlineData(null, 60, 20, 10, 5, 20)]
    [InlineData(null, null, 0, 5, 0, 0)]
    public void Shutdown_Times_FitIntoTheGracePeriod(bool? enabled, int? given, int? graceGiven, int delay, int drain, int grace)
    {
        var times = ShutdownTimes.Of(new() { IsShutdownGraceful = enabled, ShutdownSleepSeconds = given, TerminationGracePeriodSeconds = graceGiven }, []);

        Assert.Equal(grace == 0 ? (0, 0, 0) : (delay, drain, grace), (times.Delay, times.Drain, times.Grace));
    }

    private static RenderedObject Pods(string yaml) => RenderCase.RenderText(yaml).Objects.Single(one => one.Identity.Kind == "Deployment");
}
