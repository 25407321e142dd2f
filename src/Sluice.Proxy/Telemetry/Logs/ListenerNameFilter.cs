using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>By the listener; what belonged to none does not pass.</summary>
internal sealed class ListenerNameFilter(ListenerFilter filter) : RecordFilter
{
    private readonly HashSet<string> _names = new(filter.Listeners, StringComparer.Ordinal);

    public override bool Passes(RequestRecord record, Worker worker) => record.Listener is { } listener && _names.Contains(listener.Source.Name);
}
