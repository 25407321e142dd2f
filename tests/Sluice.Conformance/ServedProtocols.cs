using System.Text.Json.Nodes;
using Sluice.Conformance.Cluster;

namespace Sluice.Conformance;

/// <summary>
/// Asks the command which listener protocols it serves, before anything else. Tests and base Gateways with others are left out,
/// and the report says so.
/// </summary>
internal static class ServedProtocols
{
    private static readonly string[] All = ["HTTP", "HTTPS", "TLS", "TCP", "UDP"];

    /// <summary>Why an object cannot be applied; null for everything but a Gateway with a listener that is not served.</summary>
    public static string? WhyNot(JsonObject document, IReadOnlyCollection<string> served) => ObjectKey.Of(document).Kind == "Gateway"
        && document["spec"]!["listeners"]!.AsArray().Select(listener => listener!["protocol"]!.GetValue<string>()).FirstOrDefault(protocol => All.Contains(protocol) && !served.Contains(protocol)) is { } missing
            ? $"needs {missing} listeners, which this version does not serve"
            : null;

    public static async Task<IReadOnlyCollection<string>> AskAsync(TestRun run)
    {
        var served = new List<string>();
        foreach (var protocol in All)
        {
            var key = new ObjectKey("Gateway", "gateway-conformance-protocols", protocol.ToLowerInvariant());
            await run.ApplyAsync(
            [
                new JsonObject
                {
                    ["apiVersion"] = "gateway.networking.k8s.io/v1",
                    ["kind"] = "Gateway",
                    ["metadata"] = new JsonObject { ["name"] = key.Name, ["namespace"] = key.Namespace },
                    ["spec"] = new JsonObject
                    {
                        ["gatewayClassName"] = Rig.ClassName,
                        ["listeners"] = new JsonArray(new JsonObject { ["name"] = "probe", ["port"] = 8100, ["protocol"] = protocol, ["tls"] = Tls(protocol) }),
                    },
                },
            ]);
            if (await run.ListenerReasonAsync(key, "probe", "Accepted") != "UnsupportedProtocol")
                served.Add(protocol);
        }
        await run.CleanUpAsync();
        return served;
    }

    private static JsonObject? Tls(string protocol) => protocol switch
    {
        "HTTPS" => new JsonObject { ["certificateRefs"] = new JsonArray(new JsonObject { ["name"] = "none" }) },
        "TLS" => new JsonObject { ["mode"] = "Passthrough" },
        _ => null,
    };
}
