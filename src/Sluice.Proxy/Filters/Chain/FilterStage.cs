namespace Sluice.Proxy.Filters.Chain;

/// <summary>
/// When a filter has its turn: the order of Envoy's stages, as kgateway arranges its filters. Filters of one stage keep the order in
/// which they were given.
/// </summary>
internal enum FilterStage
{
    Fault,
    Cors,
    Compression,
    OAuth2,
    Authentication,
    Authorization,
    ExternalProcessing,
    RateLimit,
    Transformation,

    /// <summary>CSRF, header modifiers and the size of requests: right before the request is forwarded.</summary>
    Route,
}
