using Sluice.Configuration;
using Sluice.Controller.Publishing;
using Sluice.Translation;

namespace Sluice.Controller.Streaming;

/// <summary>
/// The data plane in proxies that are connected over the configuration stream. A configuration is in force when a proxy serves it and
/// all that are connected have answered, or had the time to (<see cref="StreamLimits.AnswerTimeout"/>); while none is connected it is
/// pending. What proxies say later changes the outcome: see <see cref="OutcomeChanged"/>.
/// </summary>
internal sealed class RemoteDataPlane : IDataPlane, IDisposable
{
    private readonly StreamHub _hub;

    public RemoteDataPlane(StreamHub hub)
    {
        _hub = hub;
        _hub.Changed += OnChanged;
    }

    /// <summary>
    /// The outcome of a Gateway ("namespace/name") may be another now: ask <see cref="OutcomeOf"/>. Raised on any thread, often many
    /// times in a row.
    /// </summary>
    public event Action<string>? OutcomeChanged;

    /// <summary>Every Gateway with its proxies.</summary>
    public IReadOnlyList<ProxyCounts> Proxies => [.. _hub.Feeds.Select(feed => feed.Count()).OrderBy(counts => counts.Gateway, StringComparer.Ordinal)];

    /// <inheritdoc cref="StreamHub.Silence"/>
    public ApplyOutcome Silence => _hub.Silence;

    public Task<ApplyOutcome> ApplyAsync(ProxyConfiguration configuration) => _hub.Publish(configuration).DecideAsync();

    public Task RemoveAsync(string gateway)
    {
        _hub.Withdraw(gateway);
        return Task.CompletedTask;
    }

    /// <summary>What the newest configuration of a Gateway has come to.</summary>
    public ApplyOutcome OutcomeOf(string gateway) => _hub.OutcomeOf(gateway);

    public void Dispose() => _hub.Changed -= OnChanged;

    private void OnChanged(GatewayFeed feed) => OutcomeChanged?.Invoke(feed.Gateway);
}
