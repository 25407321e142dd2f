namespace Sluice.Conformance.Procedures;

/// <summary>Tests that do something of their own, by name.</summary>
internal static class Scripts
{
    private static readonly Dictionary<string, Func<TestRun, Task>> All = new[]
    {
        GatewayScripts.All,
        GatewayAddressScripts.All,
        GatewayCertificateScripts.All,
        HttpRouteStatusScripts.All,
        HttpRouteTrafficScripts.All,
        ClientCertificateScripts.All,
        BackendTlsPolicyScripts.All,
        ListenerSetScripts.All,
        ListenerSetRouteScripts.All,
        TlsRouteScripts.All,
        StreamRouteScripts.All,
    }.SelectMany(scripts => scripts).ToDictionary(script => script.Name, script => script.Procedure);

    /// <summary>Null for a regular test.</summary>
    public static Func<TestRun, Task>? For(string test) => All.GetValueOrDefault(test);
}
