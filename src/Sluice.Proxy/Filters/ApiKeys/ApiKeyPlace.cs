using System.Text;
using Sluice.Configuration.Policies;

namespace Sluice.Proxy.Filters.ApiKeys;

/// <summary>The names of an <see cref="ApiKeySource"/>; empty: none.</summary>
internal sealed class ApiKeyPlace(ApiKeySource source)
{
    /// <summary>In lower case.</summary>
    public byte[] Header { get; } = Encoding.ASCII.GetBytes(source.Header?.ToLowerInvariant() ?? "");

    public byte[] Query { get; } = Encoding.UTF8.GetBytes(source.Query ?? "");

    public byte[] Cookie { get; } = Encoding.ASCII.GetBytes(source.Cookie ?? "");

    /// <summary>Null when they can be used.</summary>
    public static string? Problem(ApiKeySource source)
    {
        if (string.IsNullOrEmpty(source.Header) && string.IsNullOrEmpty(source.Query) && string.IsNullOrEmpty(source.Cookie))
            return "a source needs a header, a query parameter or a cookie";
        if (!string.IsNullOrEmpty(source.Header) && !FieldSyntax.IsName(source.Header))
            return $"the header \"{source.Header}\" is no field name";
        if (!string.IsNullOrEmpty(source.Cookie) && !FieldSyntax.IsName(source.Cookie))
            return $"the cookie \"{source.Cookie}\" is no name of a cookie";
        return !string.IsNullOrEmpty(source.Query) && source.Query.AsSpan().ContainsAny("&=?# ") ? $"the query parameter \"{source.Query}\" is no name of one as it is sent" : null;
    }
}
