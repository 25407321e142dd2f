using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Publishing;

/// <summary>
/// Completes the statuses of Gateways and their ListenerSets with the data plane's answers; a status whose inputs stay the same
/// stays the same instance, and so do the dictionaries. There may be thousands of sets, of which one changes at a time.
/// </summary>
internal sealed class StatusCompleter
{
    private readonly Dictionary<NamespacedName, GatewayCompletion> _gateways = [];
    private object? _completed; // The sets' statuses before they were completed.
    private ImmutableDictionary<NamespacedName, GatewayStatus> _gatewayStatuses = ImmutableDictionary<NamespacedName, GatewayStatus>.Empty;
    private ImmutableDictionary<NamespacedName, ListenerSetStatus> _setStatuses = ImmutableDictionary<NamespacedName, ListenerSetStatus>.Empty;

    public (IReadOnlyDictionary<NamespacedName, GatewayStatus> Gateways, IReadOnlyDictionary<NamespacedName, ListenerSetStatus> ListenerSets) Complete(
        TranslationResult translation,
        IReadOnlyDictionary<string, PublishedGateway> published)
    {
        var gateways = _gatewayStatuses.ToBuilder();
        var sets = _setStatuses.ToBuilder();
        foreach (var gone in _gateways.Keys.Where(key => !translation.Gateways.ContainsKey(key)).ToArray())
        {
            _gateways.Remove(gone);
            gateways.Remove(gone);
        }
        var changedSets = ChangedSets(translation);
        foreach (var (key, pending) in translation.Gateways)
        {
            if (!_gateways.TryGetValue(key, out var completion))
                _gateways.Add(key, completion = new GatewayCompletion(key));
            completion.Update(pending, translation, changedSets, published.GetValueOrDefault(key.ToString())?.Outcome);
            if (!ReferenceEquals(gateways.GetValueOrDefault(key), completion.Status))
                gateways[key] = completion.Status;
            foreach (var (set, status) in completion.ChangedSets)
                sets[set] = status;
        }
        if (sets.Count > translation.ListenerSets.Count)
            sets.RemoveRange(_setStatuses.Keys.Where(key => !translation.ListenerSets.ContainsKey(key)));
        _completed = translation.ListenerSets;
        return (_gatewayStatuses = gateways.ToImmutable(), _setStatuses = sets.ToImmutable());
    }

    /// <summary>Since the translation that was completed last; null when that is not known.</summary>
    private IReadOnlyCollection<NamespacedName>? ChangedSets(TranslationResult translation) =>
        _completed is null ? null
        : ReferenceEquals(_completed, translation.ListenerSets) ? []
        : translation.ListenerSetChange?.Between(_completed, translation.ListenerSets);
}
