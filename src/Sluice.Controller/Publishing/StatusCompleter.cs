using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation;

namespace Sluice.Controller.Publishing;

/// <summary>Completes Gateway statuses with the data plane's answers; a status whose inputs stay the same stays the same instance.</summary>
internal sealed class StatusCompleter
{
    private Dictionary<NamespacedName, (GatewayStatus Pending, ApplyOutcome? Outcome, GatewayStatus Complete)> _memory = [];

    public IReadOnlyDictionary<NamespacedName, GatewayStatus> Complete(TranslationResult translation, IReadOnlyDictionary<string, PublishedGateway> published)
    {
        var next = new Dictionary<NamespacedName, (GatewayStatus, ApplyOutcome?, GatewayStatus)>();
        var statuses = new Dictionary<NamespacedName, GatewayStatus>();
        foreach (var (key, pending) in translation.Gateways)
        {
            var outcome = published.GetValueOrDefault(key.ToString())?.Outcome;
            var complete = _memory.TryGetValue(key, out var before) && ReferenceEquals(before.Pending, pending) && ReferenceEquals(before.Outcome, outcome)
                ? before.Complete
                : outcome is null ? pending : GatewayProgramming.Complete(pending, outcome);
            next.Add(key, (pending, outcome, complete));
            statuses.Add(key, complete);
        }
        _memory = next;
        return statuses;
    }
}
