using Sluice.Conformance.Statuses;
using static Sluice.Conformance.Statuses.ConditionExpectation;

namespace Sluice.Conformance.Procedures;

/// <summary>Tests of an HTTPS listener's certificateRefs. Each Gateway of the manifest has the one listener https.</summary>
internal static class GatewayCertificateScripts
{
    private static readonly string[] HttpRouteKind = ["HTTPRoute"];

    public static IEnumerable<(string Name, Func<TestRun, Task> Procedure)> All =>
    [
        ("GatewayInvalidTLSConfiguration", run => ListenersAsync(
            run,
            ["nonexistent-secret", "unsupported-group", "unsupported-kind", "malformed-secret"],
            "gateway-certificate-",
            False("ResolvedRefs", "InvalidCertificateRef"))),
        ("GatewaySecretInvalidReferenceGrant", run => ListenersAsync(run, ["gateway-secret-invalid-reference-grant"], "", False("ResolvedRefs", "RefNotPermitted"))),
        ("GatewaySecretMissingReferenceGrant", run => ListenersAsync(run, ["gateway-secret-missing-reference-grant"], "", False("ResolvedRefs", "RefNotPermitted"))),
        ("GatewaySecretReferenceGrantAllInNamespace", run => ListenersAsync(run, ["gateway-secret-reference-grant-all-in-namespace"], "", True("Programmed", "Programmed"), True("ResolvedRefs"))),
        ("GatewaySecretReferenceGrantSpecific", run => ListenersAsync(run, ["gateway-secret-reference-grant-specific"], "", True("Programmed", "Programmed"), True("ResolvedRefs"))),
    ];

    private static async Task ListenersAsync(TestRun run, string[] names, string prefix, params IReadOnlyList<ConditionExpectation> expected)
    {
        await run.ApplyAsync();
        foreach (var gateway in names.Select(name => TestRun.GatewayKey(prefix + name)))
        {
            await run.GatewayCurrentAsync(gateway);
            await run.ListenersAsync(gateway, new ListenerExpectation("https", 0, HttpRouteKind, expected));
        }
    }
}
