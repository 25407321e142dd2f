using System.Text.Json.Nodes;
using Sluice.Conformance.Cluster;
using Sluice.Conformance.Statuses;

namespace Sluice.Conformance;

/// <summary>
/// Listener protocols that this version serves. Tests and base Gateways with others are left out, and the report says so. That
/// the table is true is checked at the beginning of each run: a protocol that is served must not stay left out.
/// </summary>
internal static class ServedProtocols
{
    private static readonly string[] Served = ["HTTP"];
    private static readonly string[] NotServed = ["HTTPS", "TLS", "TCP", "UDP"];

    /// <summary>Why an object cannot be applied; null for everything but a Gateway with a listener that is not served.</summary>
    public static string? WhyNot(JsonObject document) => ObjectKey.Of(document).Kind == "Gateway" ? WhyNot(Protocols(document)) : null;

    public static string? WhyNot(IEnumerable<string> protocols) =>
        protocols.FirstOrDefault(NotServed.Contains) is { } protocol ? $"needs {protocol} listeners, which this version does not serve" : null;

    /// <summary>The protocols of a Gateway's listeners.</summary>
    public static IEnumerable<string> Protocols(JsonObject gateway) =>
        gateway["spec"]!["listeners"]!.AsArray().Select(listener => listener!["protocol"]!.GetValue<string>());

    /// <exception cref="UsageException">The table above is not what the command does.</exception>
    public static async Task CheckAsync(TestRun run)
    {
        foreach (var protocol in Served.Concat(NotServed))
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
            try
            {
                await run.ListenerConditionAsync(key, "probe", Served.Contains(protocol)
                    ? ConditionExpectation.True("Accepted")
                    : ConditionExpectation.False("Accepted", "UnsupportedProtocol"));
            }
            catch (ConformanceException error)
            {
                throw new UsageException($"the table of served protocols is wrong about {protocol}: {error.Message}");
            }
        }
        await run.CleanUpAsync();
    }

    private static JsonObject? Tls(string protocol) => protocol switch
    {
        "HTTPS" => new JsonObject { ["certificateRefs"] = new JsonArray(new JsonObject { ["name"] = "none" }) },
        "TLS" => new JsonObject { ["mode"] = "Passthrough" },
        _ => null,
    };
}
