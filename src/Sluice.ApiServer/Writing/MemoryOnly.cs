using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Writing;

/// <summary>Nothing outlives the process.</summary>
internal sealed class MemoryOnly : IDurability
{
    public void CheckAllowed()
    {
    }

    public ValueTask WaitAsync(long version) => ValueTask.CompletedTask;

    public void CheckKeeping(ResourceKind kind)
    {
    }

    public void CheckUntouched(StoredObject current, bool isRemoval)
    {
    }
}
