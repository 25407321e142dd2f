using Sluice.Configuration;
using Sluice.Controller.Telemetry;
using Sluice.Translation;

namespace Sluice.Controller.Publishing;

/// <summary>
/// Brings the data plane to what a translation says, by differences: a configuration that is the same instance as the one in
/// force costs nothing, and one that did not come into force whole is tried again with every translation.
/// </summary>
internal sealed class Publisher(IDataPlane dataPlane, ControllerMetrics metrics)
{
    private readonly Dictionary<string, PublishedGateway> _published = [];

    public IReadOnlyDictionary<string, PublishedGateway> Published => _published;

    public bool IsComplete => _published.Values.All(gateway => gateway.IsComplete);

    public async Task PublishAsync(IReadOnlyList<ProxyConfiguration> configurations)
    {
        // Removals come first, since they free ports that others may take over.
        var wanted = configurations.Select(configuration => configuration.Gateway).ToHashSet();
        foreach (var gateway in _published.Keys.Where(gateway => !wanted.Contains(gateway)).ToArray())
        {
            await dataPlane.RemoveAsync(gateway);
            _published.Remove(gateway);
        }
        var applied = 0;
        foreach (var configuration in configurations)
            applied += await ApplyAsync(configuration) ? 1 : 0;
        // A port may have been given up by a Gateway that came later in the list than the one that now wants it.
        if (applied > 1)
        {
            foreach (var configuration in configurations)
                await ApplyAsync(configuration);
        }
    }

    /// <summary>Whether there was something to do.</summary>
    private async Task<bool> ApplyAsync(ProxyConfiguration configuration)
    {
        var before = _published.GetValueOrDefault(configuration.Gateway);
        var latest = before is not null && ReferenceEquals(before.Configuration, configuration) ? dataPlane.Latest(configuration.Gateway) : null;
        if (latest is null && before is not null && ReferenceEquals(before.Configuration, configuration) && before.IsComplete)
            return false;
        var outcome = latest ?? await dataPlane.ApplyAsync(configuration);
        if (!outcome.IsPending && !ReferenceEquals(outcome, before?.Outcome))
            metrics.ConfigurationAnswered(outcome.Applied);
        _published[configuration.Gateway] = new PublishedGateway(configuration, Same(before?.Outcome, outcome) ? before!.Outcome : outcome);
        return latest is null;
    }

    private static bool Same(ApplyOutcome? before, ApplyOutcome now) =>
        before is not null && before.Applied == now.Applied && before.IsPending == now.IsPending && before.IsDeciding == now.IsDeciding && before.IsAwaited == now.IsAwaited && before.Failures.SequenceEqual(now.Failures) && before.Warnings.SequenceEqual(now.Warnings);
}
