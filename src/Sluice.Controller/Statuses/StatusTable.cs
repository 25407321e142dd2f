using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Statuses;

/// <summary>The records of one kind.</summary>
internal sealed class StatusTable(string kind)
{
    public Dictionary<NamespacedName, StatusRecord> Records { get; } = [];

    /// <summary>All that was wanted last; null before anything was said: then nothing is known to be unwanted either.</summary>
    public object? LastWanted { get; set; }

    /// <summary>Records with something wanted.</summary>
    public int WantedCount { get; set; }

    /// <summary>
    /// What is wanted of an object that is not ours any more. Null: it is left as it is, for whoever it belongs to now. Lists of
    /// entries by controller are shared: ours have to go.
    /// </summary>
    public object? Nothing { get; } =
        kind.EndsWith("Route", StringComparison.Ordinal) ? new RouteStatus([])
        : kind.EndsWith("Policy", StringComparison.Ordinal) ? new PolicyStatus([])
        : null;

    public StatusRecord Get(NamespacedName key)
    {
        if (!Records.TryGetValue(key, out var record))
            Records.Add(key, record = new StatusRecord(this, kind, key));
        return record;
    }
}
