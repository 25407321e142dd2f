using Sluice.Proxy.Filters;

namespace Sluice.Proxy.Routing;

/// <summary>A redirect: a status code and how to write Location.</summary>
internal sealed class RuntimeRedirect : RuntimeAction
{
    public RuntimeRedirect(int statusCode, RedirectWriter location)
    {
        StatusCode = statusCode;
        Location = location;
    }

    public int StatusCode { get; }

    public RedirectWriter Location { get; }
}
