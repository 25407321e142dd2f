using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Chain;

/// <summary>The filters of one rule in the order of their stages. Immutable; shared by the workers.</summary>
internal sealed class FilterChain(IEnumerable<IRequestFilter> filters)
{
    private readonly IRequestFilter[] _filters = [.. filters.OrderBy(filter => filter.Stage)];

    /// <summary>In the order in which they have their turn.</summary>
    public IReadOnlyList<IRequestFilter> Filters => _filters;

    /// <summary>
    /// Has the filters judge a request, from <see cref="FilterContext.Position"/> on, until one says something else than
    /// <see cref="FilterVerdict.Continue"/>. After <see cref="FilterVerdict.Pending"/>, <see cref="FinishAsync"/> goes on.
    /// </summary>
    /// <param name="head">The request.</param>
    /// <param name="context">Its context.</param>
    /// <param name="last">The last stage of this run: what stands between stages can so be done in between.</param>
    public FilterVerdict Run(RequestHead head, FilterContext context, FilterStage last = FilterStage.Route)
    {
        while (context.Position < _filters.Length && _filters[context.Position].Stage <= last)
        {
            FilterVerdict verdict = _filters[context.Position++].Apply(head, context);
            if (verdict != FilterVerdict.Continue)
                return verdict;
        }
        return FilterVerdict.Continue;
    }

    /// <summary>
    /// Waits for the filter that is pending, then has the rest judge. To be called on the request's worker, where it completes as well:
    /// never with <see cref="FilterVerdict.Pending"/>.
    /// </summary>
    /// <param name="head">A head that lives on (<see cref="HeldHead"/>).</param>
    /// <param name="context">Its context; not to be ended before this completes.</param>
    /// <param name="last">As for <see cref="Run"/>.</param>
    public async Task<FilterVerdict> FinishAsync(RequestHead head, FilterContext context, FilterStage last = FilterStage.Route)
    {
        while (true)
        {
            FilterVerdict verdict = await context.TakePending();
            if (context.IsCancelled)
                return FilterVerdict.Cancelled;
            if (verdict == FilterVerdict.Continue)
                verdict = Run(head, context, last);
            if (verdict != FilterVerdict.Pending)
                return verdict;
        }
    }
}
