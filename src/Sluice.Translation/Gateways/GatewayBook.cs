using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Changes;
using Sluice.Translation.References;

namespace Sluice.Translation.Gateways;

/// <summary>The Gateways that are ours, kept from snapshot to snapshot.</summary>
internal sealed class GatewayBook(TranslatorOptions options)
{
    private readonly GatewayJudge _judge = new(options);
    private readonly Dictionary<NamespacedName, GatewayState> _states = [];

    public IReadOnlyDictionary<NamespacedName, GatewayState> States => _states;

    /// <summary>Takes over a snapshot. Returns the Gateways that came, went or were judged anew, and the states that were dropped.</summary>
    public (IReadOnlySet<NamespacedName> Changed, IReadOnlyList<GatewayState> Dropped) Update(ResourceSnapshot snapshot, SnapshotChanges changes, GrantIndex grants)
    {
        var changed = new HashSet<NamespacedName>();
        var dropped = new List<GatewayState>();
        foreach (var key in Candidates(snapshot, changes))
        {
            snapshot.Gateways.TryGetValue(key, out var gateway);
            var known = _states.TryGetValue(key, out var state);
            if (gateway is null || !Claims(gateway, snapshot, out var gatewayClass))
            {
                if (known)
                {
                    _states.Remove(key);
                    dropped.Add(state!);
                    changed.Add(key);
                }
                continue;
            }
            changed.Add(key);
            var evaluation = _judge.Judge(gateway, gatewayClass, snapshot, grants);
            if (known)
                state!.Update(evaluation);
            else
                _states.Add(key, new GatewayState(evaluation, options.TrustedHops));
        }
        if (changes.Gateways.Count > 0 || changes.GatewayClasses.Count > 0)
            Readdress();
        return (changed, dropped);
    }

    public bool IsOurs(GatewayClass gatewayClass) => options.ControllerNames.Contains(gatewayClass.ControllerName);

    // Gateways share addresses: one that goes may leave its address to another one, which itself has not changed.
    private void Readdress()
    {
        foreach (var state in _states.Values)
        {
            var evaluation = state.Evaluation;
            if (evaluation.Refused is null && options.Addresses.Assign(evaluation.Gateway) is var addressing && addressing != evaluation.Addressing)
                state.Update(evaluation with { Addressing = addressing });
        }
    }

    private bool Claims(Gateway gateway, ResourceSnapshot snapshot, out GatewayClass? gatewayClass) =>
        snapshot.GatewayClasses.TryGetValue(new NamespacedName("", gateway.GatewayClassName), out gatewayClass)
            ? IsOurs(gatewayClass)
            : options.ClaimUnknownClasses;

    // In order of names, so that addresses are given out the same way each time.
    private static IEnumerable<NamespacedName> Candidates(ResourceSnapshot snapshot, SnapshotChanges changes)
    {
        var candidates = new HashSet<NamespacedName>(changes.Gateways);
        var secrets = changes.Secrets.Count > 0 || changes.ReferenceGrants.Count > 0;
        if (changes.GatewayClasses.Count > 0 || secrets)
        {
            foreach (var (key, gateway) in snapshot.Gateways)
            {
                if (changes.GatewayClasses.Contains(new NamespacedName("", gateway.GatewayClassName))
                    || (secrets && gateway.Listeners.Any(listener => listener.Tls is not null)))
                    candidates.Add(key);
            }
        }
        return candidates.OrderBy(key => key.Namespace, StringComparer.Ordinal).ThenBy(key => key.Name, StringComparer.Ordinal);
    }
}
