using Sluice.Conformance.Data;
using Sluice.Conformance.Reporting;

namespace Sluice.Conformance.Tests.Reporting;

public sealed class ReportTests
{
    private static readonly string[] Features = ["Gateway", "GatewayPort8080", "HTTPRoute", "HTTPRouteNamedRouteRule", "ReferenceGrant"];

    [Fact]
    public void Write_Outcomes_CountInTheProfilesThatAreClaimed()
    {
        TestOutcome[] outcomes =
        [
            Outcome("CorePassed", TestResult.Passed, "Gateway", "HTTPRoute"),
            Outcome("CoreFailed", TestResult.Failed, "Gateway"),
            Outcome("CoreNotRun", TestResult.NotRun, "Gateway", "ReferenceGrant"),
            Outcome("ExtendedPassed", TestResult.Passed, "Gateway", "HTTPRoute", "HTTPRouteNamedRouteRule"),
            Outcome("NotClaimed", TestResult.NotRun, "Gateway", "HTTPRoute", "HTTPRouteCORS"),
            Outcome("OtherProfile", TestResult.NotRun, "Gateway", "GRPCRoute"),
        ];

        var report = ReportFile.Write(outcomes, Features, "1.2.3", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

        Assert.StartsWith("""
            # Written by tests/Sluice.Conformance, which follows the rules of the suite of the Gateway API project.
            apiVersion: gateway.networking.k8s.io/v1
            kind: ConformanceReport
            date: "2026-01-02T03:04:05Z"
            gatewayAPIChannel: experimental
            gatewayAPIVersion: v1.6.1
            implementation:
              organization: sluice
              project: sluice
              version: "1.2.3"
            mode: standalone
            profiles:
            - name: GATEWAY-HTTP
              summary: Core tests failed with 1 test failures. Extended tests succeeded.
              core:
                result: failure
                statistics:
                  Failed: 1
                  Passed: 1
                  Skipped: 1
                failedTests:
                - CoreFailed
                skippedTests:
                - CoreNotRun
              extended:
                result: success
                statistics:
                  Failed: 0
                  Passed: 1
                  Skipped: 0
                supportedFeatures:
                - GatewayPort8080
                - HTTPRouteNamedRouteRule
                unsupportedFeatures:
                - BackendTLSPolicy

            """, report, StringComparison.Ordinal);
        Assert.DoesNotContain("GATEWAY-GRPC", report, StringComparison.Ordinal);
        Assert.EndsWith("succeededProvisionalTests:\n- ExtendedPassed\n", report, StringComparison.Ordinal);
    }

    private static TestOutcome Outcome(string name, TestResult result, params string[] features) => new(
        new TestDefinition(new TestData { Test = name, Features = features, Provisional = name.StartsWith("Extended", StringComparison.Ordinal) }, TestOrigin.Suite, [], null, null),
        result,
        TimeSpan.Zero,
        null);
}
