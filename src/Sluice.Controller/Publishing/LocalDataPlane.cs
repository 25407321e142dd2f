using Sluice.Configuration;
using Sluice.Proxy;
using Sluice.Translation;

namespace Sluice.Controller.Publishing;

/// <summary>The data plane in this process.</summary>
internal sealed class LocalDataPlane(ProxyServer server) : IDataPlane
{
    public async Task<ApplyOutcome> ApplyAsync(ProxyConfiguration configuration)
    {
        var result = await server.ApplyAsync(configuration);
        if (result.Applied && result.Errors.Count == 0 && result.Warnings.Count == 0)
            return ApplyOutcome.Success;
        return new ApplyOutcome(result.Applied, [.. result.Errors.Select(error => new ApplyFailure(error.Listener, error.Message, error.Reason))]) { Warnings = result.Warnings };
    }

    public Task RemoveAsync(string gateway) => server.RemoveAsync(gateway);
}
