using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Telemetry.Tracing;

/// <summary>Decides which requests are traced.</summary>
internal sealed class Sampler(Configuration.Telemetry.Tracing tracing)
{
    private readonly uint _random = Threshold(tracing.RandomSampling);
    private readonly uint _client = Threshold(tracing.ClientSampling);
    private readonly uint _overall = Threshold(tracing.OverallSampling);

    /// <summary>The trace of a request: the client's, or a new one, with a span of the proxy's own.</summary>
    public TraceContext Begin(RequestHead head, FastRandom random)
    {
        var context = TraceFields.Read(head, out var wantsTrace);
        if (!context.HasDecision)
            context.IsSampled = Draw(random, _random) || (wantsTrace && Draw(random, _client));
        context.IsSampled = context.IsSampled && Draw(random, _overall);
        if (!context.IsPresent)
            (context.TraceHigh, context.TraceLow, context.ParentSpan) = (random.Next64(), random.Next64() | 1, 0);
        context.Span = random.Next64() | 1;
        return context;
    }

    private static bool Draw(FastRandom random, uint threshold) => threshold == uint.MaxValue || random.Next() < threshold;

    /// <summary>The largest number stands for everything.</summary>
    private static uint Threshold(double percent) => percent >= 100 ? uint.MaxValue : (uint)(Math.Max(0, percent) / 100 * uint.MaxValue);
}
