using System.Net;
using Sluice.Configuration;
using Sluice.Proxy.Local;

namespace Sluice.Proxy;

/// <summary>The data plane: workers that serve the configurations of one or more Gateways.</summary>
public sealed class ProxyServer : IAsyncDisposable
{
    private readonly ProxyOptions _options;

    public ProxyServer(ProxyOptions options) => _options = options;

    /// <summary>Puts a Gateway's configuration in force, in place of the one before. Completes when every worker serves it.</summary>
    public Task<ApplyResult> ApplyAsync(ProxyConfiguration configuration) => throw new NotImplementedException(configuration.Gateway + _options);

    /// <summary>Stops serving a Gateway.</summary>
    public Task RemoveAsync(string gateway) => throw new NotImplementedException(gateway + _options);

    /// <summary>Serves a handler on an address of its own. Port 0 takes a free port; the bound one is returned.</summary>
    public Task<IPEndPoint> ListenLocalAsync(IPEndPoint endPoint, ILocalHandler handler) => throw new NotImplementedException(endPoint.ToString() + handler + _options);

    /// <summary>Prometheus text of the data plane's own metrics.</summary>
    public void WriteMetrics(TextWriter writer) => throw new NotImplementedException(writer.ToString() + _options);

    /// <summary>Says Connection: close on every response, finishes what is in flight, and stops listening at the latest after <paramref name="timeout"/>.</summary>
    public Task DrainAsync(TimeSpan timeout) => throw new NotImplementedException(timeout.ToString() + _options);

    public ValueTask DisposeAsync() => throw new NotImplementedException(_options.ToString());
}
