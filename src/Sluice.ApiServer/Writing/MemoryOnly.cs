using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Writing;

/// <summary>Nothing outlives the process.</summary>
internal sealed class MemoryOnly : IDurability
{
    public void CheckWritable()
    {
    }

    public ValueTask WaitAsync(long version) => ValueTask.CompletedTask;

    public void CheckWritable(ResourceKind kind)
    {
    }

    public void CheckUntouched(StoredObject current)
    {
    }
}
