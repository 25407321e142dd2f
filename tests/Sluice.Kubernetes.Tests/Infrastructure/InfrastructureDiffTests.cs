using System.Text.Json.Nodes;
using Sluice.Kubernetes.Infrastructure;

namespace Sluice.Kubernetes.Tests.Infrastructure;

public sealed class InfrastructureDiffTests
{
    private static readonly RenderedInfrastructure Wanted = RenderCase.Render("minimal");

    [Fact]
    public void Compare_NothingThere_AppliesAllInOrder()
    {
        var plan = InfrastructureDiff.Compare([], Wanted, RenderCase.Uid);

        Assert.Equal(["ServiceAccount", "ConfigMap", "Service", "Deployment"], plan.Apply.Select(one => one.Identity.Kind));
        Assert.Empty(plan.Delete);
    }

    [Fact]
    public void Compare_AllThereWithWhatTheServerAdds_DoesNothing()
    {
        var live = Live(Wanted);
        var deployment = live.Single(one => one.Text("kind") == "Deployment");
        deployment["spec"]!["progressDeadlineSeconds"] = 600;
        deployment["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Insert(0, new JsonObject { ["name"] = "injected" });
        deployment["metadata"]!["annotations"]!["deployment.kubernetes.io/revision"] = "3";

        Assert.True(InfrastructureDiff.Compare(live, Wanted, RenderCase.Uid).IsEmpty);
    }

    [Fact]
    public void Compare_WhatTheServerWritesInItsOwnWay_DoesNothing()
    {
        var wanted = RenderCase.Render("every-field");
        var live = Live(wanted);
        var template = live.Single(one => one.Text("kind") == "Deployment")["spec"]!["template"]!["spec"]!;
        template["containers"]![0]!["resources"] = JsonNode.Parse("""{"requests": {"cpu": "2", "memory": "1024Mi"}, "limits": {"memory": "2147483648"}}""");
        template["volumes"]![1]!["emptyDir"]!["sizeLimit"] = "262144Ki";
        template.AsObject().Remove("enableServiceLinks");

        Assert.True(InfrastructureDiff.Compare(live, wanted, RenderCase.Uid).IsEmpty);
    }

    [Theory]
    [InlineData("replaced value", "{'kind':'Service','path':'type','value':'NodePort'}")]
    [InlineData("removed field", "{'kind':'Service','path':'selector','value':null}")]
    [InlineData("removed list item", "{'kind':'Service','path':'ports','value':[]}")]
    public void Compare_SomebodyChangedIt_AppliesThatAgain(string what, string change)
    {
        Assert.NotEmpty(what);
        var edit = JsonNode.Parse(change.Replace('\'', '"'))!.AsObject();
        var live = Live(Wanted);
        live.Single(one => one.Text("kind") == edit.Text("kind"))["spec"]![edit.Text("path")!] = edit["value"]?.DeepClone();

        var plan = InfrastructureDiff.Compare(live, Wanted, RenderCase.Uid);

        Assert.Equal(edit.Text("kind"), Assert.Single(plan.Apply).Identity.Kind);
    }

    [Fact]
    public void Compare_OtherParameters_AppliesWhatDiffers()
    {
        var changed = RenderCase.RenderText(Manifest.Gateway(parameters: "p") + Manifest.Parameters("p", "spec: {kube: {deployment: {replicas: 2}}}"));

        var plan = InfrastructureDiff.Compare(Live(Wanted), changed, RenderCase.Uid);

        Assert.Equal("Deployment", Assert.Single(plan.Apply).Identity.Kind);
        Assert.Empty(plan.Delete);
    }

    [Fact]
    public void Compare_NameTakenByAnother_IsLeftAlone()
    {
        var foreign = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Service", ["metadata"] = new JsonObject { ["name"] = "edge-sluice", ["namespace"] = "infra", ["uid"] = "x" } };

        var plan = InfrastructureDiff.Compare([foreign], Wanted, RenderCase.Uid);

        Assert.Contains("Service infra/edge-sluice is there already", Assert.Single(plan.Conflicts), StringComparison.Ordinal);
        Assert.DoesNotContain(plan.Apply, one => one.Identity.Kind == "Service");
        Assert.Empty(plan.Delete);
    }

    [Fact]
    public void Compare_ScalersNoLongerWanted_AreDeletedWithPreconditions()
    {
        var plan = InfrastructureDiff.Compare(Live(RenderCase.Render("scaled")), Wanted, RenderCase.Uid);

        Assert.Equal(["HorizontalPodAutoscaler", "PodDisruptionBudget", "VerticalPodAutoscaler"], plan.Delete.Select(one => one.Identity.Kind).Order(StringComparer.Ordinal));
        var preconditions = plan.Delete[0].ToOptions().Object("preconditions")!;
        Assert.Equal((plan.Delete[0].Uid, "7"), (preconditions.Text("uid"), preconditions.Text("resourceVersion")));
    }

    [Fact]
    public void Compare_OtherWorkload_KeepsTheOldUntilTheNewServes()
    {
        var daemonSet = RenderCase.Render("daemon-set");
        var live = Live(Wanted);

        var first = InfrastructureDiff.Compare(live, daemonSet, RenderCase.Uid);
        live.AddRange(Live(daemonSet).Where(one => one.Text("kind") == "DaemonSet"));
        var starting = InfrastructureDiff.Compare(live, daemonSet, RenderCase.Uid);
        live[^1]["status"] = new JsonObject { ["numberAvailable"] = 1 };
        var serving = InfrastructureDiff.Compare(live, daemonSet, RenderCase.Uid);

        Assert.Contains(first.Apply, one => one.Identity.Kind == "DaemonSet");
        Assert.Empty(first.Delete);
        Assert.Equal("Deployment infra/edge-sluice stays until DaemonSet infra/edge-sluice has a pod that is available", Assert.Single(first.Held));
        Assert.Empty(starting.Delete);
        Assert.Equal("Deployment", Assert.Single(serving.Delete).Identity.Kind);
    }

    [Fact]
    public void Compare_SelfManaged_DeletesOursAndNothingElse()
    {
        var live = Live(Wanted);
        var unmanaged = live[0].DeepClone().AsObject();
        unmanaged["metadata"]!["name"] = "hers";
        unmanaged["metadata"]!["labels"]!.AsObject().Remove(ProxyLabels.ManagedBy);
        var others = live[1].DeepClone().AsObject();
        others["metadata"]!["name"] = "other";
        others["metadata"]!["ownerReferences"]![0]!["uid"] = "another";
        var going = live[2].DeepClone().AsObject();
        going["metadata"]!["name"] = "going";
        going["metadata"]!["deletionTimestamp"] = "2025-01-01T00:00:00Z";

        var plan = InfrastructureDiff.Compare([.. live, unmanaged, others, going], RenderedInfrastructure.Nothing, RenderCase.Uid);

        Assert.Equal(Wanted.Objects.Select(one => one.Identity.ToString()).Order(StringComparer.Ordinal), plan.Delete.Select(one => one.Identity.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Confirm_LooksAgain()
    {
        var live = Live(Wanted)[0];
        var deletion = Assert.Single(InfrastructureDiff.Compare([live], RenderedInfrastructure.Nothing, RenderCase.Uid).Delete);
        var newer = live.DeepClone().AsObject();
        newer["metadata"]!["resourceVersion"] = "8";
        var recreated = live.DeepClone().AsObject();
        recreated["metadata"]!["uid"] = "other";
        var adopted = live.DeepClone().AsObject();
        adopted["metadata"]!["ownerReferences"]!.AsArray().Clear();

        Assert.Equal("8", InfrastructureDiff.Confirm(deletion, newer, RenderCase.Uid)?.ResourceVersion);
        Assert.Null(InfrastructureDiff.Confirm(deletion, recreated, RenderCase.Uid));
        Assert.Null(InfrastructureDiff.Confirm(deletion, adopted, RenderCase.Uid));
    }

    private static List<JsonObject> Live(RenderedInfrastructure rendered)
    {
        var live = new List<JsonObject>();
        foreach (var one in rendered.Objects)
        {
            var body = one.Body.DeepClone().AsObject();
            body["metadata"]!["uid"] = $"uid-of-{one.Identity.Kind}";
            body["metadata"]!["resourceVersion"] = "7";
            live.Add(body);
        }

        return live;
    }
}
