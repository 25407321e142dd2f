using System.Threading.Channels;
using Sluice.Configuration.Streaming;
using Sluice.Controller.Memory;

namespace Sluice.Controller.ProxyMode;

/// <summary>
/// What follows a change that is in force: it is kept, and memory is tidied. The next change does not wait for that; when changes come
/// faster than they can be kept, only the latest counts.
/// </summary>
/// <param name="journal">Null: nothing is kept.</param>
internal sealed class ConfigurationKeeper(ConfigurationJournal? journal)
{
    private readonly Channel<ConfigurationTables> _latest = Channel.CreateBounded<ConfigurationTables>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Returns at once.</summary>
    public void Keep(ConfigurationTables tables) => _latest.Writer.TryWrite(tables);

    /// <summary>Keeps what comes until it is stopped, and then what came last.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var isFirst = true;
        try
        {
            await foreach (var tables in _latest.Reader.ReadAllAsync(stop))
            {
                journal?.Save(tables);
                if (isFirst)
                    MemoryTrim.AfterStart();
                else
                    MemoryTrim.AfterChange();
                isFirst = false;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            if (_latest.Reader.TryRead(out var last))
                journal?.Save(last);
        }
    }
}
