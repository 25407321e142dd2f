using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Writing;

/// <summary>Objects can be looked at, and their statuses be written, which need not be kept.</summary>
/// <param name="reason">Why nothing else can be changed.</param>
internal sealed class ReadOnly(string reason) : IDurability
{
    public void CheckAllowed() => throw ApiException.Forbidden($"objects can only be read here: {reason}");

    public ValueTask WaitAsync(long version) => ValueTask.CompletedTask;

    public void CheckKeeping(ResourceKind kind)
    {
    }

    public void CheckUntouched(StoredObject current, bool isRemoval)
    {
    }
}
