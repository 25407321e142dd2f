using Sluice.Conformance.Statuses;
using static Sluice.Conformance.Statuses.ConditionExpectation;

namespace Sluice.Conformance.Procedures;

/// <summary>Tests of spec.addresses.</summary>
internal static class GatewayAddressScripts
{
    public static IEnumerable<(string Name, Func<TestRun, Task> Procedure)> All =>
    [
        ("GatewayOptionalAddressValue", OptionalAddressValueAsync),
        ("GatewayStaticAddresses", StaticAddressesAsync),
    ];

    private static async Task OptionalAddressValueAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.NamespacesReadyAsync(TestRun.Infra);
        await run.GatewayCurrentAsync(run.Gateway);
        await run.GatewayConditionAsync(run.Gateway, True("Accepted"), True("Programmed"));
        await run.GatewayAddressAsync(run.Gateway);
    }

    /// <summary>Takes the fake address away, then the one that no machine has.</summary>
    private static async Task StaticAddressesAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.GatewayCurrentAsync(run.Gateway);
        await run.GatewayConditionAsync(run.Gateway, False("Accepted", "UnsupportedAddress"));

        var (usable, unusable) = (run.Rig.Network.Usable, run.Rig.Network.Unusable);
        await run.PatchAsync(run.Gateway, $$"""{"spec":{"addresses":[{"type":"IPAddress","value":"{{unusable}}" },{"type":"IPAddress","value":"{{usable}}" }] } }""");
        await run.GatewayCurrentAsync(run.Gateway);
        await run.GatewayConditionAsync(run.Gateway, True("Accepted", "Accepted"));
        await run.GatewayConditionAsync(run.Gateway, False("Programmed", "AddressNotUsable"));

        await run.PatchAsync(run.Gateway, $$"""{"spec":{"addresses":[{"type":"IPAddress","value":"{{usable}}" }] } }""");
        await run.GatewayCurrentAsync(run.Gateway);
        await run.GatewayConditionAsync(run.Gateway, True("Accepted", "Accepted"));
        await run.GatewayConditionAsync(run.Gateway, True("Programmed", "Programmed"));
        await run.ListenersAsync(run.Gateway, new ListenerExpectation("http", 0, ["HTTPRoute"], True("Accepted"), True("ResolvedRefs")));
        await run.GatewayAddressesAsync(run.Gateway, new AddressStatus("IPAddress", usable.ToString()));
    }
}
