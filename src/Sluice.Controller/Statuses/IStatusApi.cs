using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Controller.Statuses;

/// <summary>The two requests that status writing needs. Failures are <see cref="ApiException"/>s.</summary>
internal interface IStatusApi
{
    /// <summary>The object as JSON; null when it is gone.</summary>
    Task<ReadOnlyMemory<byte>?> FindAsync(string kind, NamespacedName key, CancellationToken cancellation);

    /// <summary>Merges the patch (RFC 7386) into the object's status; a metadata.resourceVersion in it must be the current one.</summary>
    /// <returns>The object after that.</returns>
    Task<ReadOnlyMemory<byte>> PatchAsync(string kind, NamespacedName key, ReadOnlyMemory<byte> patch, CancellationToken cancellation);
}
