namespace Sluice.Proxy.Explain;

/// <summary>One predicate of a match, held against the request.</summary>
/// <param name="Kind">"path", "method", "header" or "query parameter".</param>
/// <param name="Expected">What the match wants, for example "PathPrefix /v2" or "version = two".</param>
/// <param name="Passed">Whether it holds.</param>
/// <param name="Reason">Why it does or does not, in words.</param>
public sealed record PredicateResult(string Kind, string Expected, bool Passed, string Reason);
