using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Chain;

/// <summary>
/// Something that is asked of a rule's requests before they are forwarded. Immutable, or safe for several threads: the workers share
/// it. A request that may go on costs no allocation and no lock.
/// </summary>
internal interface IRequestFilter
{
    /// <summary>For people: what `sluice explain` lists.</summary>
    string Name { get; }

    FilterStage Stage { get; }

    /// <summary>
    /// Judges a request on its worker. May take fields, query parameters and cookies out of the head, which is this request's alone.
    /// </summary>
    /// <param name="head">Valid during the call only.</param>
    /// <param name="context">What else is known of the request, and where the filter says what it wants.</param>
    FilterVerdict Apply(RequestHead head, FilterContext context);
}
