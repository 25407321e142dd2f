using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Csrf;

/// <summary>Refuses requests that change something and come from another site's page (<see cref="CsrfPolicy"/>).</summary>
internal sealed class CsrfFilter : IRequestFilter
{
    /// <summary>Octets that an origin's host may have: more than any name has.</summary>
    private const int MaxHost = 512;

    private static readonly FilterDenial Denial = new(403, "csrf_origin_mismatch", "Invalid origin");

    private readonly CsrfPolicy _policy;
    private readonly OriginMatcher[] _origins;

    private CsrfFilter(CsrfPolicy policy, OriginMatcher[] origins)
    {
        _policy = policy;
        _origins = origins;
    }

    public string Name => "csrf";

    public FilterStage Stage => FilterStage.Route;

    /// <summary>Null when the percentages cannot be used. An additional origin that cannot be used is left out: it lets nothing in.</summary>
    public static CsrfFilter? Create(CsrfPolicy policy, ICollection<string> problems)
    {
        if (policy.PercentageEnabled is < 0 or > 100 || policy.PercentageShadowed is < 0 or > 100)
        {
            problems.Add("csrf: percentages must be from 0 to 100");
            return null;
        }
        var origins = new List<OriginMatcher>();
        foreach (StringMatch match in policy.AdditionalOrigins)
        {
            var matcher = new OriginMatcher(match);
            if (matcher.Problem is { } problem)
                problems.Add($"csrf additionalOrigins: {problem}; it is left out");
            else
                origins.Add(matcher);
        }
        return new CsrfFilter(policy, [.. origins]);
    }

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        if (!Changes(head.Method))
            return FilterVerdict.Continue;
        bool enforced = context.Draw(_policy.PercentageEnabled);
        if (!enforced && !context.Draw(_policy.PercentageShadowed))
            return FilterVerdict.Continue;
        if (IsAllowed(head, context.IsSecure))
            return FilterVerdict.Continue;
        if (enforced)
            return context.Deny(Denial);
        context.Shadow(Denial.Reason);
        return FilterVerdict.Continue;
    }

    private static bool Changes(ReadOnlySpan<byte> method) =>
        method.SequenceEqual("POST"u8) || method.SequenceEqual("PUT"u8) || method.SequenceEqual("DELETE"u8) || method.SequenceEqual("PATCH"u8);

    private bool IsAllowed(RequestHead head, bool secure)
    {
        if (!TryFindSource(head, out ReadOnlySpan<byte> source, out int defaultPort))
            return false;
        source = WithoutDefaultPort(source, defaultPort);
        if (source.Length is 0 or > MaxHost)
            return false;
        if (Ascii.EqualsIgnoreCase(source, WithoutDefaultPort(head.Authority, secure ? 443 : 80)))
            return true;

        // Hosts are the same in any case; additional ones are written in lower case.
        Span<byte> lower = stackalloc byte[source.Length];
        Ascii.ToLower(source, lower, out int written);
        foreach (OriginMatcher origin in _origins)
        {
            if (written == source.Length && origin.Matches(lower))
                return true;
        }
        return false;
    }

    // Origin; without one, or with "null", Referer. Two of a name are nobody's.
    private static bool TryFindSource(RequestHead head, out ReadOnlySpan<byte> host, out int defaultPort)
    {
        host = default;
        defaultPort = 0;
        int origin = RequestFields.Find(head, "origin"u8);
        if (origin >= 0 && RequestFields.Find(head, "origin"u8, origin + 1) >= 0)
            return false;
        if (origin >= 0 && !head.ValueOf(head.Fields[origin]).SequenceEqual("null"u8))
            return TrySplit(head.ValueOf(head.Fields[origin]), out host, out defaultPort);
        int referer = RequestFields.Find(head, "referer"u8);
        return referer >= 0 && RequestFields.Find(head, "referer"u8, referer + 1) < 0 && TrySplit(head.ValueOf(head.Fields[referer]), out host, out defaultPort);
    }

    private static bool TrySplit(ReadOnlySpan<byte> url, out ReadOnlySpan<byte> host, out int defaultPort)
    {
        host = default;
        defaultPort = 0;
        int end = url.IndexOf("://"u8);
        if (end < 0)
            return false;
        defaultPort = Ascii.EqualsIgnoreCase(url[..end], "https"u8) ? 443 : Ascii.EqualsIgnoreCase(url[..end], "http"u8) ? 80 : 0;
        host = url[(end + 3)..];
        int path = host.IndexOfAny("/?#"u8);
        if (path >= 0)
            host = host[..path];
        return Authority.IsValid(host);
    }

    private static ReadOnlySpan<byte> WithoutDefaultPort(ReadOnlySpan<byte> authority, int port) =>
        port == 443 && authority.EndsWith(":443"u8) ? authority[..^4] : port == 80 && authority.EndsWith(":80"u8) ? authority[..^3] : authority;
}
