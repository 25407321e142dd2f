using System.Text.Json.Nodes;

namespace Sluice.ApiServer.Tests.Kubectl;

public sealed class KubectlTests(KubectlFixture kubectl) : IClassFixture<KubectlFixture>
{
    private const string ConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: NAME\ndata:\n  a: \"1\"\n";

    private const string Gateway = """
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata:
          name: NAME
        spec:
          gatewayClassName: sluice
          listeners:
          - name: http
            port: 80
            protocol: HTTP
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata:
          name: NAME
        spec:
          parentRefs:
          - name: NAME
          hostnames: [NAME.example]
          rules:
          - backendRefs:
            - name: web
              port: 80
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: NAME
        spec:
          selector:
            app: web
          ports:
          - name: http
            port: 80
            targetPort: 8080
        """;

    [Fact]
    public async Task Apply_Get_Describe_Delete()
    {
        var file = kubectl.FileOf(Named(Gateway, "first"));

        Assert.Equal(
            "gateway.gateway.networking.k8s.io/first created\nhttproute.gateway.networking.k8s.io/first created\nservice/first created\n",
            await kubectl.OkAsync("apply", "-f", file));
        var version = await kubectl.OkAsync("get", "httproute", "first", "-o", "jsonpath={.metadata.resourceVersion}");

        // Lists of custom kinds whose entries have defaults look changed to kubectl; nothing is written.
        Assert.Contains("service/first unchanged\n", await kubectl.OkAsync("apply", "-f", file), StringComparison.Ordinal);
        Assert.Equal(version, await kubectl.OkAsync("get", "httproute", "first", "-o", "jsonpath={.metadata.resourceVersion}"));
        var wide = await kubectl.OkAsync("get", "service", "first", "-o", "wide");
        Assert.Matches(@"^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE +SELECTOR\nfirst +ClusterIP +10\.\d+\.\d+\.\d+ +<none> +80/TCP +\w+ +app=web\n$", wide);
        Assert.Matches(@"NAME +HOSTNAMES +AGE\nfirst +\[""first\.example""\]", await kubectl.OkAsync("get", "httproute", "first"));
        Assert.Contains("gatewayClassName: sluice", await kubectl.OkAsync("get", "gtw/first", "-o", "yaml"), StringComparison.Ordinal);
        Assert.Contains("Hostnames:", await kubectl.OkAsync("describe", "httproute", "first"), StringComparison.Ordinal);
        Assert.Contains("TargetPort:", await kubectl.OkAsync("describe", "service", "first"), StringComparison.Ordinal);
        Assert.Contains("service \"first\" deleted", await kubectl.OkAsync("delete", "-f", file), StringComparison.Ordinal);
        Assert.Contains("NotFound", (await kubectl.RunAsync("get", "service", "first")).Expect(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apply_OfListsOfBuiltInKinds_ReplacesWhatWentAway()
    {
        const string Two = "apiVersion: v1\nkind: Service\nmetadata: {name: ports}\nspec:\n  ports:\n  - {name: a, port: 80}\n  - {name: b, port: 81}\n";
        await kubectl.OkAsync("apply", "-f", kubectl.FileOf(Two));

        await kubectl.OkAsync("apply", "-f", kubectl.FileOf(Two.Replace("  - {name: a, port: 80}\n", "", StringComparison.Ordinal)));

        Assert.Equal("81", await kubectl.OkAsync("get", "service", "ports", "-o", "jsonpath={.spec.ports[*].port}"));
    }

    [Fact]
    public async Task Apply_ServerSide_FindsConflictsAndForces()
    {
        var file = kubectl.FileOf(Named(ConfigMap, "ssa"));
        await kubectl.OkAsync("apply", "--server-side", "-f", file);
        await kubectl.OkAsync("apply", "--server-side", "--field-manager", "other", "--force-conflicts", "-f", kubectl.FileOf(Named(ConfigMap, "ssa").Replace("\"1\"", "\"2\"", StringComparison.Ordinal)));

        var conflict = await kubectl.RunAsync("apply", "--server-side", "-f", file);

        Assert.NotEqual(0, conflict.ExitCode);
        Assert.Contains("conflict with \"other\"", conflict.Error, StringComparison.Ordinal);
        Assert.Contains(".data.a", conflict.Error, StringComparison.Ordinal);
        await kubectl.OkAsync("apply", "--server-side", "--force-conflicts", "-f", file);
        Assert.Equal("1", await kubectl.OkAsync("get", "configmap", "ssa", "-o", "jsonpath={.data.a}"));
    }

    [Fact]
    public async Task Apply_FromClientSideToServerSide_TakesOwnershipOver()
    {
        var file = kubectl.FileOf(Named(Gateway, "moved"));
        await kubectl.OkAsync("apply", "-f", file);
        await kubectl.OkAsync("apply", "--server-side", "-f", file);

        await kubectl.OkAsync("apply", "--server-side", "-f", kubectl.FileOf(Named(Gateway, "moved").Replace("  hostnames: [moved.example]\n", "", StringComparison.Ordinal)));

        var route = JsonNode.Parse(await kubectl.OkAsync("get", "httproute", "moved", "-o", "json", "--show-managed-fields"))!;
        Assert.Null(route["spec"]!["hostnames"]);
        Assert.All(route["metadata"]!["managedFields"]!.AsArray(), entry => Assert.Equal("Apply", entry!["operation"]!.ToString()));
    }

    [Fact]
    public async Task Apply_WhatIsInvalid_ShowsEveryMistake()
    {
        var file = kubectl.FileOf(Named(Gateway, "bad").Replace("port: 80\n    protocol", "port: 99999\n    protocol", StringComparison.Ordinal));

        var result = await kubectl.RunAsync("apply", "-f", file);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("spec.listeners[0].port: must be a whole number from 1 to 65535", result.Error, StringComparison.Ordinal);
        var unknown = await kubectl.RunAsync("apply", "-f", kubectl.FileOf(Named(Gateway, "bad2").Replace("hostnames:", "hostnamez:", StringComparison.Ordinal)));
        Assert.Contains("unknown field \"spec.hostnamez\"", unknown.Error, StringComparison.Ordinal);
        var warned = (await kubectl.RunAsync("apply", "--validate=warn", "-f", kubectl.FileOf(Named(Gateway, "bad3").Replace("hostnames:", "hostnamez:", StringComparison.Ordinal)))).Expect();
        Assert.Contains("Warning: unknown field \"spec.hostnamez\"", warned.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_WithAnEditor_Changes()
    {
        await kubectl.OkAsync("apply", "-f", kubectl.FileOf(Named(Gateway, "edited")));
        kubectl.Variables["KUBE_EDITOR"] = "sed -i s/edited.example/other.example/";

        await kubectl.OkAsync("edit", "httproute", "edited");

        Assert.Equal("[\"other.example\"]", await kubectl.OkAsync("get", "httproute", "edited", "-o", "jsonpath={.spec.hostnames}"));
    }

    [Theory]
    [InlineData("configmap", "json", "[{\"op\":\"replace\",\"path\":\"/data/a\",\"value\":\"2\"}]")]
    [InlineData("configmap", "merge", "{\"data\":{\"a\":\"2\"}}")]
    [InlineData("configmap", "strategic", "{\"data\":{\"a\":\"2\"}}")]
    public async Task Patch_OfEachType_Changes(string kind, string type, string patch)
    {
        var name = "patched-" + type;
        await kubectl.OkAsync("apply", "-f", kubectl.FileOf(Named(ConfigMap, name)));

        await kubectl.OkAsync("patch", kind, name, "--type", type, "-p", patch);

        Assert.Equal("2", await kubectl.OkAsync("get", kind, name, "-o", "jsonpath={.data.a}"));
    }

    [Fact]
    public async Task Wait_ForACondition_EndsWhenItComes()
    {
        await kubectl.OkAsync("apply", "-f", kubectl.FileOf(Named(Gateway, "waited")));
        using var waiting = kubectl.Start("wait", "--for=condition=Programmed", "gateway/waited", "--timeout=120s");

        await kubectl.OkAsync("patch", "gateway", "waited", "--subresource=status", "--type=merge", "-p", """{"status":{"conditions":[{"type":"Programmed","status":"True","reason":"Programmed","message":"","lastTransitionTime":"2025-01-01T00:00:00Z","observedGeneration":1}]}}""");

        await waiting.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, waiting.ExitCode);
        Assert.Matches("waited +sluice +True", await kubectl.OkAsync("get", "gateway", "waited"));
    }

    [Fact]
    public async Task Label_Annotate_AndSelectors()
    {
        await kubectl.OkAsync("apply", "-f", kubectl.FileOf(Named(ConfigMap, "labelled")));

        await kubectl.OkAsync("label", "configmap", "labelled", "tier=front");
        await kubectl.OkAsync("annotate", "configmap", "labelled", "example.com/note=hello");

        Assert.Equal("configmap/labelled\n", await kubectl.OkAsync("get", "configmaps", "-l", "tier in (front,back)", "-o", "name"));
        Assert.Equal("hello", await kubectl.OkAsync("get", "configmap", "labelled", "-o", "jsonpath={.metadata.annotations.example\\.com/note}"));
        await kubectl.OkAsync("label", "configmap", "labelled", "tier-");
        Assert.Equal("", await kubectl.OkAsync("get", "configmaps", "-l", "tier", "-o", "name"));
    }

    [Fact]
    public async Task Explain_ApiResources_Version()
    {
        var explained = await kubectl.OkAsync("explain", "httproute.spec.rules.matches.path");
        Assert.Contains("KIND:       HTTPRoute", explained, StringComparison.Ordinal);
        Assert.Contains("PathPrefix", explained, StringComparison.Ordinal);
        Assert.Contains("clusterIP", await kubectl.OkAsync("explain", "service.spec"), StringComparison.Ordinal);

        var resources = await kubectl.OkAsync("api-resources");
        Assert.Matches(@"gateways +gtw +gateway\.networking\.k8s\.io/v1 +true +Gateway", resources);
        Assert.Matches(@"namespaces +ns +v1 +false +Namespace", resources);
        Assert.Contains("gateway.networking.k8s.io/v1beta1", await kubectl.OkAsync("api-versions"), StringComparison.Ordinal);
        Assert.Contains("v1.36.0+sluice", await kubectl.OkAsync("version"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_ShowsWhatApplyWouldDo()
    {
        await kubectl.OkAsync("apply", "-f", kubectl.FileOf(Named(Gateway, "diffed")));
        (await kubectl.RunAsync("diff", "-f", kubectl.FileOf(Named(Gateway, "diffed")))).Expect();

        var changed = Named(Gateway, "diffed").Replace("targetPort: 8080", "targetPort: 9090", StringComparison.Ordinal);
        var diff = (await kubectl.RunAsync("diff", "-f", kubectl.FileOf(changed))).Expect(1);

        Assert.Contains("+    targetPort: 9090", diff.Output, StringComparison.Ordinal);
        (await kubectl.RunAsync("diff", "--server-side", "--force-conflicts", "-f", kubectl.FileOf(changed))).Expect(1);
    }

    [Fact]
    public async Task Replace_AndCreateWithGenerateName()
    {
        await kubectl.OkAsync("create", "-f", kubectl.FileOf(Named(ConfigMap, "replaced")));
        await kubectl.OkAsync("replace", "-f", kubectl.FileOf(Named(ConfigMap, "replaced").Replace("\"1\"", "\"3\"", StringComparison.Ordinal)));
        Assert.Equal("3", await kubectl.OkAsync("get", "configmap", "replaced", "-o", "jsonpath={.data.a}"));
        await kubectl.OkAsync("replace", "--force", "-f", kubectl.FileOf(Named(ConfigMap, "replaced")));

        Assert.Matches(@"^configmap/made-\w{5} created\n$", await kubectl.OkAsync("create", "-f", kubectl.FileOf("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  generateName: made-\n")));
    }

    [Fact]
    public async Task Get_Watch_ShowsChangesAsTheyCome()
    {
        await kubectl.OkAsync("create", "namespace", "watched");
        await kubectl.OkAsync("apply", "-n", "watched", "-f", kubectl.FileOf(Named(ConfigMap, "one")));
        using var watch = kubectl.Start("get", "configmaps", "-n", "watched", "-w");
        try
        {
            Assert.StartsWith("NAME", await watch.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.StartsWith("one ", await watch.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            await kubectl.OkAsync("apply", "-n", "watched", "-f", kubectl.FileOf(Named(ConfigMap, "two")));
            Assert.StartsWith("two ", await watch.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            watch.Kill();
        }

        Assert.Contains("namespace \"watched\" deleted", await kubectl.OkAsync("delete", "namespace", "watched"), StringComparison.Ordinal);
        (await kubectl.RunAsync("get", "configmap", "one", "-n", "watched")).Expect(1);
    }

    [Fact]
    public async Task Get_ManyWatches_AllSeeEverything()
    {
        const int Watches = 5, Objects = 20;
        await kubectl.OkAsync("create", "namespace", "crowd");
        var watches = Enumerable.Range(0, Watches).Select(_ => kubectl.Start("get", "configmaps", "-n", "crowd", "-w", "-o", "name")).ToList();
        var all = string.Join("---\n", Enumerable.Range(0, Objects).Select(i => Named(ConfigMap, $"c{i}")));
        await kubectl.OkAsync("create", "-n", "crowd", "-f", kubectl.FileOf(all));

        foreach (var watch in watches)
        {
            var seen = new HashSet<string?>();
            while (seen.Count < Objects)
                seen.Add(await watch.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            Assert.DoesNotContain(null, seen);
            watch.Kill();
            watch.Dispose();
        }

        await kubectl.OkAsync("delete", "namespace", "crowd");
    }

    [Fact]
    public async Task Create_OfManyKindsByCommand_AndGetAll()
    {
        await kubectl.OkAsync("create", "namespace", "many");
        await kubectl.OkAsync("create", "-n", "many", "deployment", "web", "--image=example.com/web:1", "--replicas=2");
        await kubectl.OkAsync("create", "-n", "many", "service", "nodeport", "web", "--tcp=80:8080");
        await kubectl.OkAsync("create", "-n", "many", "secret", "generic", "key", "--from-literal=k=v");
        await kubectl.OkAsync("create", "-n", "many", "serviceaccount", "robot");
        await kubectl.OkAsync("create", "-n", "many", "poddisruptionbudget", "web", "--selector=app=web", "--min-available=1");

        var all = await kubectl.OkAsync("get", "all", "-n", "many");
        Assert.Matches(@"deployment\.apps/web +0/2 +0 +0", all);
        Assert.Matches(@"service/web +NodePort +10\.\d+\.\d+\.\d+ +<none> +80:3\d+/TCP", all);
        Assert.Equal("dg==", await kubectl.OkAsync("get", "secret", "key", "-n", "many", "-o", "jsonpath={.data.k}"));
        Assert.Contains("RollingUpdate", await kubectl.OkAsync("describe", "deployment", "web", "-n", "many"), StringComparison.Ordinal);
        await kubectl.OkAsync("delete", "namespace", "many");
    }

    [Fact]
    public async Task Events_OfBothGroups_AreTheSame()
    {
        await kubectl.OkAsync("apply", "-f", kubectl.FileOf(Named(Gateway, "noisy")));
        var uid = await kubectl.OkAsync("get", "gateway", "noisy", "-o", "jsonpath={.metadata.uid}");
        await kubectl.OkAsync("create", "-f", kubectl.FileOf($$"""
            apiVersion: events.k8s.io/v1
            kind: Event
            metadata: {name: noisy.1, namespace: default}
            eventTime: "2035-01-01T00:00:00.000000Z"
            reportingController: sluice.dev/gateway-controller
            reportingInstance: test
            action: Programmed
            reason: Programmed
            regarding: {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, name: noisy, namespace: default, uid: "{{uid}}"}
            note: all listeners are served
            type: Normal
            """));

        Assert.Contains("all listeners are served", await kubectl.OkAsync("describe", "gateway", "noisy"), StringComparison.Ordinal);
        Assert.Contains("gateway/noisy", await kubectl.OkAsync("events", "--for", "gateway/noisy"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("Programmed", await kubectl.OkAsync("get", "events.v1.events.k8s.io", "noisy.1", "-o", "jsonpath={.reason}"));
    }

    [Fact]
    public async Task Token_IsAskedForAndTaken()
    {
        await using var guarded = new KubectlFixture("a-token-of-some-length");
        await guarded.InitializeAsync();

        Assert.Contains("default", await guarded.OkAsync("get", "namespaces"), StringComparison.Ordinal);
        (await guarded.RunAsync("get", "namespaces", "--token=wrong")).Expect(1);
    }

    private static string Named(string text, string name) => text.Replace("NAME", name, StringComparison.Ordinal);
}
