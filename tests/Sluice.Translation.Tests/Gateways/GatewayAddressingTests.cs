using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Gateways;

public sealed class GatewayAddressingTests
{
    [Fact]
    public void Translate_AddressPassesToAnotherGateway_ServesItThere()
    {
        var addresses = new OnlyFirst();
        var translator = new Translator(new TranslatorOptions { Addresses = addresses });
        addresses.Holder = "a";
        var snapshot = Snapshot(Class(), Gateway("a"), Gateway("b"));
        var before = translator.Translate(snapshot);
        Assert.Equal("default/a", Assert.Single(before.Configurations).Gateway);
        Assert.Equal("AddressNotAssigned", before.Gateways[Name("b")].Conditions.Condition("Programmed").Reason);

        addresses.Holder = "b";
        var after = translator.Translate(snapshot with { Gateways = snapshot.Gateways.Remove(Name("a")) });

        Assert.Equal("default/b", Assert.Single(after.Configurations).Gateway);
        Assert.Equal("Pending", after.Gateways[Name("b")].Conditions.Condition("Programmed").Reason);
        Assert.False(after.Gateways.ContainsKey(Name("a")));
    }

    [Fact]
    public void Translate_NoAddress_ProgramsNoListener()
    {
        var result = new Translator(new TranslatorOptions { Addresses = new OnlyFirst() }).Translate(Snapshot(Class(), Gateway("a")));

        Assert.Empty(result.Configurations);
        var status = GatewayProgramming.Complete(result.Gateways[Name("a")], ApplyOutcome.Success);
        Assert.Equal("AddressNotAssigned", status.Conditions.Condition("Programmed").Reason);
        Assert.Equal("the Gateway has no address", status.Listeners[0].Conditions.Condition("Programmed").Message);
    }

    private sealed class OnlyFirst : IGatewayAddresses
    {
        public string? Holder { get; set; }

        public GatewayAddressing Assign(Gateway gateway) => gateway.Metadata.Name == Holder
            ? GatewayAddressing.Of("127.0.0.1")
            : new GatewayAddressing([], [], "none is free");
    }
}
