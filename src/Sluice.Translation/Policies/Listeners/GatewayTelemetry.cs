using Sluice.Configuration.Telemetry;
using Sluice.Resources.Policies.Listeners;
using Sluice.Translation.Gateways;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>
/// The access logs and traces of one Gateway: its own, and those that policies add to them for some or all of its listeners. The same
/// instance while these say the same.
/// </summary>
internal sealed class GatewayTelemetry(ListenerPolicies policies)
{
    private TelemetrySettings? _own;
    private TelemetrySettings? _result;
    private (string Listener, MergedListenerPolicy? Policy)[] _listeners = [];

    /// <param name="own">Of the Gateway, without policies.</param>
    /// <param name="owners">The Gateway and its ListenerSets.</param>
    public TelemetrySettings? Of(TelemetrySettings? own, IEnumerable<ListenerOwner> owners)
    {
        var listeners = policies.IsEmpty ? [] : Listeners(owners);
        if (ReferenceEquals(own, _own) && listeners.AsSpan().SequenceEqual(_listeners))
            return _result;
        _own = own;
        _listeners = listeners;
        return _result = Merge(own, listeners);
    }

    private (string Listener, MergedListenerPolicy? Policy)[] Listeners(IEnumerable<ListenerOwner> owners)
    {
        var listeners = new List<(string, MergedListenerPolicy?)>();
        foreach (var owner in owners)
        {
            foreach (var slot in owner.Slots)
            {
                if (slot.Evaluation.Served)
                    listeners.Add((slot.Name, policies.Of(slot, owner)));
            }
        }
        return [.. listeners];
    }

    private TelemetrySettings? Merge(TelemetrySettings? own, (string Listener, MergedListenerPolicy? Policy)[] listeners)
    {
        var logs = new List<AccessLog>(own?.AccessLogs ?? []);
        var tracing = own?.Tracing;
        foreach (var group in listeners.GroupBy(listener => HttpOf(listener.Policy), ReferenceEqualityComparer.Instance))
        {
            if (group.Key is not HttpSettings http)
                continue;
            var names = group.Count() == listeners.Length ? null : group.Select(listener => listener.Listener).ToArray();
            if (policies.Telemetry(http, names, group.First().Policy!) is not { } added)
                continue;
            logs.AddRange(added.AccessLogs);
            tracing = added.Tracing ?? tracing;
        }
        if (logs.Count == (own?.AccessLogs.Count ?? 0) && ReferenceEquals(tracing, own?.Tracing))
            return own;
        return new TelemetrySettings { AccessLogs = [.. logs.Take(TelemetrySettings.MaxAccessLogs)], Tracing = tracing };
    }

    private static HttpSettings? HttpOf(MergedListenerPolicy? policy) => policy is null ? null : policy.Settings?.HttpSettings ?? policy.HttpSettings;
}
