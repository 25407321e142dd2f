using Sluice.Configuration;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Local;

namespace Sluice.Controller.Admin;

/// <summary><c>/explain?url=…[&amp;method=…][&amp;header=Name:value]…[&amp;gateway=namespace/name]</c>.</summary>
internal static class ExplainQuery
{
    public static LocalResponse Answer(LocalRequest request, IReadOnlyList<ProxyConfiguration> configurations)
    {
        var parameters = QueryString.Parse(request.Query).ToLookup(pair => pair.Name, pair => pair.Value);
        if (parameters["url"].LastOrDefault() is not { Length: > 0 } url)
            return AdminError.Response(400, "the query parameter url is missing, as in /explain?url=http://shop.example/cart");
        var explained = ExplainRequest.FromUrl(url, out var error);
        if (explained is null)
            return AdminError.Response(400, $"url: {error}");
        var headers = new List<HeaderValue>();
        foreach (var header in parameters["header"])
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
                return AdminError.Response(400, $"header \"{header}\": it must be Name:value");
            headers.Add(new HeaderValue(header[..colon].Trim(), header[(colon + 1)..].Trim()));
        }
        var explanation = RouteExplainer.Explain(configurations, explained with
        {
            Method = parameters["method"].LastOrDefault() ?? "GET",
            Headers = headers,
            Gateway = parameters["gateway"].LastOrDefault(),
        });
        return new LocalResponse(200, "application/json", ExplanationJson.SerializeToUtf8Bytes(explanation));
    }
}
