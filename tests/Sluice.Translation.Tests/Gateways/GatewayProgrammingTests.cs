using Sluice.Resources.GatewayApi;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;

namespace Sluice.Translation.Tests.Gateways;

public sealed class GatewayProgrammingTests
{
    [Fact]
    public void Complete_Applied_ProgramsEveryAcceptedListener()
    {
        var status = GatewayProgramming.Complete(Pending(Http(), Odd()), ApplyOutcome.Success);

        Assert.Equal(("True", "Programmed"), Says(status.Conditions, "Programmed"));
        Assert.Equal(("True", "ListenersNotValid"), Says(status.Conditions, "Accepted"));
        Assert.Equal(("True", "Programmed"), Says(status.Listeners[0].Conditions, "Programmed"));
        Assert.Equal(("False", "Invalid"), Says(status.Listeners[1].Conditions, "Programmed"));
    }

    [Fact]
    public void Complete_OneListenerNotBound_SaysPortUnavailableOfItAlone()
    {
        var outcome = new ApplyOutcome(true, [new ApplyFailure("b", "port 81 is in use")]);

        var status = GatewayProgramming.Complete(Pending(Http("a"), Http("b", 81)), outcome);

        Assert.Equal(("True", "Programmed"), Says(status.Conditions, "Programmed"));
        Assert.Equal(("True", "ListenersNotValid"), Says(status.Conditions, "Accepted"));
        Assert.Equal(("False", "PortUnavailable"), Says(status.Listeners[1].Conditions, "Accepted"));
        Assert.Equal("port 81 is in use", status.Listeners[1].Conditions.Condition("Programmed").Message);
        Assert.Equal(("True", "Accepted"), Says(status.Listeners[0].Conditions, "Accepted"));
    }

    [Fact]
    public void Complete_NoListenerBound_IsNotProgrammed()
    {
        var status = GatewayProgramming.Complete(Pending(Http("a")), new ApplyOutcome(true, [new ApplyFailure("a", "permission denied")]));

        Assert.Equal(("False", "Invalid"), Says(status.Conditions, "Programmed"));
        Assert.Equal(("False", "ListenersNotValid"), Says(status.Conditions, "Accepted"));
    }

    [Fact]
    public void Complete_NotApplied_KeepsAcceptedAndSaysWhy()
    {
        var status = GatewayProgramming.Complete(Pending(Http("a")), new ApplyOutcome(false, [new ApplyFailure(null, "out of memory")]));

        Assert.Equal(("False", "Invalid"), Says(status.Conditions, "Programmed"));
        Assert.Equal("out of memory", status.Conditions.Condition("Programmed").Message);
        Assert.Equal(("True", "Accepted"), Says(status.Conditions, "Accepted"));
        Assert.Equal(("False", "Invalid"), Says(status.Listeners[0].Conditions, "Programmed"));
    }

    private static GatewayListener Odd() => Http("udp", 53) with { Protocol = "example.com/odd" };

    private static GatewayStatus Pending(params GatewayListener[] listeners) =>
        new Translator(new TranslatorOptions()).Translate(Snapshot(Class(), Gateway("gw", listeners))).Gateways[Name("gw")];

    private static (string Status, string Reason) Says(IReadOnlyList<Resources.Condition> conditions, string type)
    {
        var condition = conditions.Condition(type);
        return (condition.Status.ToString(), condition.Reason);
    }
}
