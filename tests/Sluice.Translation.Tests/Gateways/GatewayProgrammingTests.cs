using Sluice.Configuration;
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

    [Theory]
    [InlineData(ApplyErrorReason.Certificate, "True/Accepted", "False/InvalidCertificateRef")]
    [InlineData(ApplyErrorReason.Tls, "True/Accepted", "True/ResolvedRefs")]
    [InlineData(ApplyErrorReason.Invalid, "False/Invalid", "True/ResolvedRefs")]
    [InlineData(ApplyErrorReason.PortUnavailable, "False/PortUnavailable", "True/ResolvedRefs")]
    public void Complete_OneListenerFailed_SaysWhatIsWrongOfItAlone(ApplyErrorReason reason, string accepted, string resolved)
    {
        var outcome = new ApplyOutcome(true, [new ApplyFailure("b", "what is wrong", reason)]);

        var status = GatewayProgramming.Complete(Pending(Http("a"), Http("b", 81)), outcome);

        var (good, bad) = (status.Listeners[0].Conditions, status.Listeners[1].Conditions);
        Assert.Equal((accepted, resolved), (Text(bad, "Accepted"), Text(bad, "ResolvedRefs")));
        Assert.Equal(("False/Invalid", "what is wrong"), (Text(bad, "Programmed"), bad.Condition("Programmed").Message));
        Assert.Equal(("True/Accepted", "True/ResolvedRefs", "True/Programmed"), (Text(good, "Accepted"), Text(good, "ResolvedRefs"), Text(good, "Programmed")));
        Assert.Equal("True/Programmed", Text(status.Conditions, "Programmed"));

        static string Text(IReadOnlyList<Resources.Condition> conditions, string type) => $"{Says(conditions, type).Status}/{Says(conditions, type).Reason}";
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
