namespace Sluice.Controller.Admin;

/// <summary>What <c>/</c> answers.</summary>
internal static class AdminIndex
{
    public const string Text = """
        Sluice admin endpoint
          /healthz   200 while the process lives
          /readyz    200 while the full configuration is served, else 503
          /metrics   Prometheus text
          /config    what the data plane was given, as JSON; ?gateway=NAMESPACE/NAME for one Gateway
          /status    conditions of GatewayClasses, Gateways, listeners and routes, as JSON
          /top       what rules of routes have served so far, as JSON
          /explain   why a request goes where it goes, as JSON: ?url=URL[&method=M][&header=NAME:VALUE]...[&gateway=NAMESPACE/NAME]

        """;
}
