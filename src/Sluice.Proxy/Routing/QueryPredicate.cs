namespace Sluice.Proxy.Routing;

/// <summary>
/// Holds a query parameter predicate against a query. Names and values are compared as sent, octet for octet: percent-encoding
/// is not decoded, so a match on "a%20b" is for exactly that (HTTPQueryParamMatch: "exact string match"). The first parameter of
/// a name counts; one without "=" has the empty value.
/// </summary>
internal static class QueryPredicate
{
    /// <param name="predicate">The parameter's name and what its value must be.</param>
    /// <param name="query">With its leading "?", or empty.</param>
    public static bool Holds(in ValuePredicate predicate, ReadOnlySpan<byte> query)
    {
        ReadOnlySpan<byte> name = predicate.Name;
        while (query.Length > 0)
        {
            query = query[1..];
            int end = query.IndexOf((byte)'&');
            ReadOnlySpan<byte> parameter = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[end..];
            if (!parameter.StartsWith(name))
                continue;
            if (parameter.Length == name.Length)
                return predicate.Accepts(default);
            if (parameter[name.Length] == '=')
                return predicate.Accepts(parameter[(name.Length + 1)..]);
        }
        return false;
    }
}
