namespace Sluice.Resources.GatewayApi;

/// <summary>Exactly the member that <see cref="Type"/> names is set.</summary>
public sealed record HttpRouteFilter
{
    /// <summary>
    /// RequestHeaderModifier, ResponseHeaderModifier, RequestMirror, RequestRedirect, URLRewrite, CORS, ExternalAuth or ExtensionRef.
    /// </summary>
    public required string Type { get; init; }

    public HttpHeaderFilter? RequestHeaderModifier { get; init; }

    public HttpHeaderFilter? ResponseHeaderModifier { get; init; }

    public HttpRequestRedirect? RequestRedirect { get; init; }

    public HttpUrlRewrite? UrlRewrite { get; init; }

    public HttpRequestMirror? RequestMirror { get; init; }

    public HttpCorsFilter? Cors { get; init; }

    public LocalObjectReference? ExtensionRef { get; init; }
}
