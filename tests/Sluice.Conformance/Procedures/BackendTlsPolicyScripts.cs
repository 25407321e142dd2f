using System.Text.Json.Nodes;
using Sluice.Conformance.Cluster;
using Sluice.Conformance.Statuses;
using static Sluice.Conformance.Statuses.ConditionExpectation;

namespace Sluice.Conformance.Procedures;

/// <summary>Tests of BackendTLSPolicy, whose ancestors are the Gateways that use its Services.</summary>
internal static class BackendTlsPolicyScripts
{
    private static readonly ObjectKey SameNamespace = TestRun.GatewayKey("same-namespace");
    private static readonly ObjectKey WithHttps = TestRun.GatewayKey("same-namespace-with-https-listener");
    private static readonly ConditionExpectation[] Good = [True("Accepted", "Accepted"), True("ResolvedRefs", "ResolvedRefs")];
    private static readonly ConditionExpectation[] NoAuthority = [False("Accepted", "NoValidCACertificate"), False("ResolvedRefs", "InvalidCACertificateRef")];

    public static IEnumerable<(string Name, Func<TestRun, Task> Procedure)> All =>
    [
        ("BackendTLSPolicy", PolicyAsync),
        ("BackendTLSPolicyConflictResolution", ConflictResolutionAsync),
        ("BackendTLSPolicyInvalidCACertificateRef", run => InvalidAsync(run, "backendtlspolicy-invalid-ca-certificate-ref", NoAuthority, "nonexistent-ca-certificate-ref", "malformed-ca-certificate-ref")),
        ("BackendTLSPolicyInvalidKind", run => InvalidAsync(run, "backendtlspolicy-invalid-kind-test", [False("Accepted", "NoValidCACertificate"), False("ResolvedRefs", "InvalidKind")], "invalid-kind")),
        ("BackendTLSPolicySANValidation", SubjectAltNamesAsync),
        ("BackendTLSPolicyObservedGenerationBump", ObservedGenerationBumpAsync),
        ("BackendTLSPolicyGRPCRoute", GrpcRouteAsync),
        ("BackendTLSPolicyTLSRouteTerminate", TlsRouteTerminateAsync),
    ];

    private static async Task PolicyAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.ServedAsync(WithHttps, TestRun.HttpRoute("backendtlspolicy-reencrypt"));
        await run.ServedAsync(SameNamespace, TestRun.HttpRoute("backendtlspolicy"));
        foreach (var gateway in new[] { SameNamespace, WithHttps })
            await run.PolicyConditionAsync(TestRun.BackendTlsPolicy("normative-test"), gateway, Good);
        foreach (var name in new[] { "host-mismatch", "cert-mismatch" })
            await run.PolicyConditionAsync(TestRun.BackendTlsPolicy(name), SameNamespace, Good);
        foreach (var item in run.Data.Cases)
            await run.CaseAsync(item.Request.Scheme == "https" ? WithHttps : SameNamespace, item);
        await ReconcileAsync(run);
    }

    /// <summary>The authority's ConfigMap is missing, comes, is emptied and is filled again.</summary>
    private static async Task ReconcileAsync(TestRun run)
    {
        const string name = "backendtlspolicy-reconcile-ca";
        var policy = TestRun.BackendTlsPolicy("reconcile-test");
        var configMap = new ObjectKey("ConfigMap", TestRun.Infra, name);
        var authority = run.Rig.Authority("tls-checks-ca-certificate").ExportCertificatePem();
        await run.PolicyConditionAsync(policy, SameNamespace, Good);

        await run.PatchAsync(policy, $$"""{"spec":{"validation":{"caCertificateRefs":[{"group":"","kind":"ConfigMap","name":"{{name}}"}] } } }""");
        await run.PolicyConditionAsync(policy, SameNamespace, NoAuthority);

        await run.ApplyAsync(
        [
            new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = configMap.Kind,
                ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = configMap.Namespace },
                ["data"] = new JsonObject { ["ca.crt"] = authority },
            },
        ]);
        await run.PolicyConditionAsync(policy, SameNamespace, Good);

        await run.PatchAsync(configMap, """{"data":{"ca.crt":""}}""");
        await run.PolicyConditionAsync(policy, SameNamespace, NoAuthority);

        await run.PatchAsync(configMap, new JsonObject { ["data"] = new JsonObject { ["ca.crt"] = authority } }.ToJsonString());
        await run.PolicyConditionAsync(policy, SameNamespace, Good);
    }

    private static async Task ConflictResolutionAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.ServedAsync(SameNamespace, TestRun.HttpRoute("backendtlspolicy-conflict-resolution"));
        foreach (var name in new[] { "conflicted-without-section-name-1", "conflicted-with-section-name-1", "not-conflicted-with-section-name", "not-conflicted-without-section-name" })
            await run.PolicyConditionAsync(TestRun.BackendTlsPolicy(name), SameNamespace, True("Accepted", "Accepted"));
        foreach (var name in new[] { "conflicted-without-section-name-2", "conflicted-with-section-name-2" })
            await run.PolicyConditionAsync(TestRun.BackendTlsPolicy(name), SameNamespace, False("Accepted", "Conflicted"));
        await run.CasesAsync();
    }

    private static async Task InvalidAsync(TestRun run, string route, ConditionExpectation[] expected, params IReadOnlyList<string> policies)
    {
        await run.ApplyAsync();
        await run.AcceptedAsync(SameNamespace, TestRun.HttpRoute(route));
        foreach (var name in policies)
            await run.PolicyConditionAsync(TestRun.BackendTlsPolicy(name), SameNamespace, expected);
        await run.CasesAsync();
    }

    private static async Task SubjectAltNamesAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.ServedAsync(SameNamespace, TestRun.HttpRoute("backendtlspolicy-san-test"));
        foreach (var name in new[] { "san-dns", "san-dns-mismatch", "san-uri", "san-uri-mismatch", "multiple-sans", "multiple-mismatch-sans" })
            await run.PolicyConditionAsync(TestRun.BackendTlsPolicy(name), SameNamespace, True("Accepted", "Accepted"));
        await run.CasesAsync();
    }

    private static async Task ObservedGenerationBumpAsync(TestRun run)
    {
        var policy = TestRun.BackendTlsPolicy("observed-generation-bump");
        await run.ApplyAsync();
        await run.PolicyConditionAsync(policy, SameNamespace, True("Accepted"));
        await run.PolicyCurrentAsync(policy);
        var before = await run.GenerationAsync(policy);
        await run.PatchAsync(policy, """{"spec":{"validation":{"hostname":"other.example.com"}}}""");
        await run.PolicyConditionAsync(policy, SameNamespace, True("Accepted"));
        await run.PolicyCurrentAsync(policy);
        if (await run.GenerationAsync(policy) is var after && after <= before)
            throw new ConformanceException($"{policy}: generation {after} after the patch, {before} before");
    }

    private static async Task GrpcRouteAsync(TestRun run)
    {
        var route = new ObjectKey("GRPCRoute", TestRun.Infra, "backendtlspolicy-grpcroute");
        await run.ApplyAsync();
        await run.ServedAsync(SameNamespace, route);
        foreach (var name in new[] { "backendtlspolicy-grpcroute", "backendtlspolicy-grpcroute-mismatch" })
            await run.PolicyConditionAsync(TestRun.BackendTlsPolicy(name), SameNamespace, Good);
        await run.CasesAsync();
    }

    private static async Task TlsRouteTerminateAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.ServedAsync(run.Gateway, TestRun.TlsRoute("backendtlspolicy-tlsroute-terminate"));
        await run.PolicyConditionAsync(TestRun.BackendTlsPolicy("backendtlspolicy-tlsroute-terminate"), run.Gateway, Good);
        await run.CasesAsync();
    }
}
