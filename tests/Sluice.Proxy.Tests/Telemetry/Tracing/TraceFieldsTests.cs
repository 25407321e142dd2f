using System.Text;
using Sluice.Proxy.Telemetry.Tracing;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Telemetry.Tracing;

/// <summary>Trace contexts as clients send them, well or not.</summary>
public sealed class TraceFieldsTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Span = "b7ad6b7169203331";

    [Theory]
    [InlineData($"00-{Trace}-{Span}-01", true)]
    [InlineData($"00-{Trace}-{Span}-00", false)]
    [InlineData($"00-{Trace}-{Span}-ff", true)]
    [InlineData($"01-{Trace}-{Span}-01-more", true)]
    public void Traceparent_IsRead(string value, bool isSampled)
    {
        var context = TraceFields.Read(TestHead.Get("/", ("Traceparent", value)), out _);

        Assert.True(context.HasDecision && context.KeepsState);
        Assert.Equal(isSampled, context.IsSampled);
        Assert.Equal((Trace, Span), Ids(context));
    }

    [Theory]
    [InlineData("")]
    [InlineData($"00-{Trace}-{Span}")]
    [InlineData($"00-{Trace}-{Span}-01-more")]
    [InlineData($"00-{Trace}-{Span}-01x")]
    [InlineData($"ff-{Trace}-{Span}-01")]
    [InlineData($"0x-{Trace}-{Span}-01")]
    [InlineData($"00-00000000000000000000000000000000-{Span}-01")]
    [InlineData($"00-{Trace}-0000000000000000-01")]
    [InlineData($"00-0af7651916cd43dd8448eb211c80319g-{Span}-01")]
    [InlineData($"00_{Trace}_{Span}_01")]
    public void TraceparentThatIsNone_CountsAsAbsent(string value) =>
        Assert.False(TraceFields.Read(TestHead.Get("/", ("traceparent", value)), out _).IsPresent);

    [Fact]
    public void TwoTraceparents_CountAsNone() =>
        Assert.False(TraceFields.Read(TestHead.Get("/", ("traceparent", $"00-{Trace}-{Span}-01"), ("traceparent", $"00-{Trace}-{Span}-01")), out _).IsPresent);

    [Theory]
    [InlineData($"{Trace}-{Span}-1", true, true, Trace)]
    [InlineData($"{Trace}-{Span}-0", true, false, Trace)]
    [InlineData($"{Trace}-{Span}-d", true, true, Trace)]
    [InlineData($"{Trace}-{Span}-1-05e3ac9a4f6e3b90", true, true, Trace)]
    [InlineData($"{Trace}-{Span}", false, false, Trace)]
    [InlineData($"8448eb211c80319c-{Span}-1", true, true, "00000000000000008448eb211c80319c")]
    public void B3_IsRead(string value, bool hasDecision, bool isSampled, string trace)
    {
        var context = TraceFields.Read(TestHead.Get("/", ("b3", value)), out _);

        Assert.Equal((hasDecision, isSampled, B3Form.Single, false), (context.HasDecision, context.IsSampled, context.B3, context.KeepsState));
        Assert.Equal((trace, Span), Ids(context));
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    public void B3Decision_Alone_IsADecision(string value, bool isSampled)
    {
        var context = TraceFields.Read(TestHead.Get("/", ("b3", value)), out _);

        Assert.Equal((false, true, isSampled), (context.IsPresent, context.HasDecision, context.IsSampled));
    }

    [Theory]
    [InlineData("x")]
    [InlineData($"{Trace}")]
    [InlineData($"{Trace}-{Span}x")]
    [InlineData($"{Trace}-{Span}-")]
    [InlineData($"00000000000000000000000000000000-{Span}-1")]
    public void B3ThatIsNone_CountsAsAbsent(string value)
    {
        var context = TraceFields.Read(TestHead.Get("/", ("b3", value)), out _);

        Assert.Equal((false, false), (context.IsPresent, context.HasDecision));
    }

    [Fact]
    public void B3InSeveralFields_IsRead()
    {
        var context = TraceFields.Read(TestHead.Get("/", ("X-B3-TraceId", Trace), ("X-B3-SpanId", Span), ("X-B3-ParentSpanId", Span), ("X-B3-Sampled", "1")), out _);

        Assert.Equal((true, true, B3Form.Multiple), (context.HasDecision, context.IsSampled, context.B3));
        Assert.Equal((Trace, Span), Ids(context));
        Assert.True(TraceFields.Read(TestHead.Get("/", ("X-B3-Flags", "1")), out _).IsSampled);
        Assert.False(TraceFields.Read(TestHead.Get("/", ("X-B3-TraceId", Trace)), out _).IsPresent);
    }

    [Fact]
    public void Traceparent_GoesBeforeB3_WhichIsAnsweredInKind()
    {
        var context = TraceFields.Read(TestHead.Get("/", ("b3", $"11111111111111112222222222222222-{Span}-0"), ("traceparent", $"00-{Trace}-{Span}-01")), out var wants);

        Assert.Equal((true, B3Form.Single, false), (context.IsSampled, context.B3, wants));
        Assert.Equal(Trace, Ids(context).Trace);
        TraceFields.Read(TestHead.Get("/", ("x-client-trace-id", "1")), out wants);
        Assert.True(wants);
    }

    [Theory]
    [InlineData("Traceparent", true)]
    [InlineData("B3", true)]
    [InlineData("x-b3-traceid", true)]
    [InlineData("x-b3-spanid", true)]
    [InlineData("x-b3-sampled", true)]
    [InlineData("x-b3-flags", true)]
    [InlineData("X-B3-ParentSpanId", true)]
    [InlineData("tracestate", false)]
    [InlineData("baggage", false)]
    public void FieldsOfTheContext_AreWrittenAnew(string name, bool isReplaced)
    {
        Assert.Equal(isReplaced, TraceFields.IsReplaced(Encoding.ASCII.GetBytes(name), keepsState: true));
        Assert.Equal(isReplaced || name == "tracestate", TraceFields.IsReplaced(Encoding.ASCII.GetBytes(name), keepsState: false));
    }

    private static (string Trace, string Span) Ids(TraceContext context)
    {
        var text = new byte[32];
        context.WriteTraceId(text);
        var span = new byte[16];
        TraceContext.WriteHex(context.ParentSpan, span);
        return (Encoding.ASCII.GetString(text), Encoding.ASCII.GetString(span));
    }
}
