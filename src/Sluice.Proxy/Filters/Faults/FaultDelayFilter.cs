using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Faults;

/// <summary>Lets a share of the requests wait, and makes the responses of another share slow.</summary>
internal sealed class FaultDelayFilter(FaultDelay? delay, FaultRateLimit? rate, ActiveFaults active) : IRequestFilter
{
    private const int BytesPerKbit = 1000 / 8;

    public string Name => "faultDelay";

    public FilterStage Stage => FilterStage.Fault;

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        if (rate is not null && context.Draw(rate.Percentage) && active.TryBegin(context))
            context.ResponseBytesPerSecond = (int)Math.Min(int.MaxValue, (long)rate.KbitsPerSecond * BytesPerKbit);
        if (delay is not null && context.Draw(delay.Percentage) && active.TryBegin(context))
            return context.Wait(DelayAsync(delay.FixedDelay, context));
        return FilterVerdict.Continue;
    }

    private static async Task<FilterVerdict> DelayAsync(TimeSpan time, FilterContext context)
    {
        await Task.Delay(time, context.Clock, context.Cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return FilterVerdict.Continue;
    }
}
