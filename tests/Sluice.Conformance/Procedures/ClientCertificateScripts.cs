using Sluice.Conformance.Traffic;
using static Sluice.Conformance.Statuses.ConditionExpectation;

namespace Sluice.Conformance.Procedures;

/// <summary>Tests of a Gateway's spec.tls: certificates that clients show it, and the one that it shows backends.</summary>
internal static class ClientCertificateScripts
{
    public static IEnumerable<(string Name, Func<TestRun, Task> Procedure)> All =>
    [
        ("GatewayFrontendClientCertificateValidationInsecureFallback", InsecureFallbackAsync),
        ("GatewayFrontendInvalidDefaultClientCertificateValidation", InvalidDefaultAsync),
        ("GatewayInvalidFrontendClientCertificateValidation", InvalidPerPortAsync),
        ("GatewayInvalidTLSBackendConfiguration", InvalidBackendConfigurationAsync),
        ("GatewayTLSBackendClientCertificate", BackendClientCertificateAsync),
    ];

    private static async Task InsecureFallbackAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.ServedAsync(run.Gateway, TestRun.HttpRoute("client-cert-validation-insecure-fallback-test"), TestRun.HttpRoute("client-cert-validation-insecure-fallback-test-no-hostname"));
        await run.GatewayConditionAsync(run.Gateway, True("InsecureFrontendValidationMode", "ConfigurationChanged"));
        await run.CasesAsync();
    }

    private static async Task InvalidDefaultAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.GatewayAddressAsync(run.Gateway);
        await ReadyAsync(run, "http");
        await RefusedAsync(run, "https", "InvalidCACertificateRef");
        await run.CasesAsync();
    }

    private static async Task InvalidPerPortAsync(TestRun run)
    {
        await run.ApplyAsync();
        await ReadyAsync(run, "https");
        await RefusedAsync(run, "https-unresolved", "InvalidCACertificateRef");
        await RefusedAsync(run, "https-invalid-kind", "InvalidCACertificateKind");
        await RefusedAsync(run, "https-grant-missing", "RefNotPermitted");
    }

    private static async Task InvalidBackendConfigurationAsync(TestRun run)
    {
        await run.ApplyAsync();
        foreach (var (name, reason) in new[]
        {
            ("nonexistent-secret", "InvalidClientCertificateRef"),
            ("unsupported-group", "InvalidClientCertificateRef"),
            ("unsupported-kind", "InvalidClientCertificateRef"),
            ("malformed-secret", "InvalidClientCertificateRef"),
            ("missing-reference-grant", "RefNotPermitted"),
        })
        {
            var gateway = TestRun.GatewayKey($"gateway-client-certificate-{name}");
            await run.GatewayCurrentAsync(gateway);
            await run.GatewayConditionAsync(gateway, False("ResolvedRefs", reason));
            await run.GatewayConditionAsync(gateway, True("Accepted", "Accepted"));
        }
    }

    /// <summary>The case, and the certificate that the backend was shown: exactly the Gateway's.</summary>
    private static async Task BackendClientCertificateAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.ServedAsync(run.Gateway, TestRun.HttpRoute("gateway-tls-backend-client-certificate"));
        await run.GatewayConditionAsync(run.Gateway, True("ResolvedRefs", "ResolvedRefs"));
        await run.PolicyConditionAsync(TestRun.BackendTlsPolicy("gateway-tls-backend-client-certificate"), run.Gateway, True("Accepted", "Accepted"));
        await run.CasesAsync();
        var item = run.Data.Cases[0];
        var target = await run.TargetAsync(run.Gateway);
        var expected = run.Rig.Certificate("tls-checks-client-certificate").ExportCertificatePem();
        await Consistency.HoldsAsync(
            "the certificate that the backend is shown",
            async token => (await run.Rig.Client.SendAsync(run.Request(target, item.Request), token)).Seen?.PeerCertificates is [var shown] && shown.Trim() == expected.Trim()
                ? null
                : "the backend was not shown exactly the Gateway's certificate",
            run.Cancellation);
    }

    private static async Task ReadyAsync(TestRun run, string listener)
    {
        foreach (var type in new[] { "ResolvedRefs", "Accepted", "Programmed" })
            await run.ListenerConditionAsync(run.Gateway, listener, True(type));
    }

    private static async Task RefusedAsync(TestRun run, string listener, string reason)
    {
        await run.ListenerConditionAsync(run.Gateway, listener, False("ResolvedRefs", reason));
        await run.ListenerConditionAsync(run.Gateway, listener, False("Accepted", "NoValidCACertificate"));
        await run.ListenerConditionAsync(run.Gateway, listener, False("Programmed"));
    }
}
