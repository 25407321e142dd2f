using Sluice.Configuration;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Routes;

/// <summary>HTTPCORSFilter to <see cref="CorsPolicy"/>.</summary>
internal static class CorsCompiler
{
    public static CorsPolicy Compile(HttpCorsFilter filter) => new()
    {
        // Scheme and host are compared without case (RFC 6454 4), and browsers send them in lower case.
        AllowOrigins = filter.AllowOrigins.Select(origin => origin.ToLowerInvariant()).ToArray(),
        AllowMethods = filter.AllowMethods,
        AllowHeaders = filter.AllowHeaders,
        ExposeHeaders = filter.ExposeHeaders,
        AllowCredentials = filter.AllowCredentials,
        MaxAge = TimeSpan.FromSeconds(filter.MaxAge),
    };
}
