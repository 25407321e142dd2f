using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Writing;

/// <summary>Keeps what must be there after a restart.</summary>
internal interface IDurability
{
    /// <summary>Before anything is created, changed or deleted.</summary>
    /// <exception cref="Responses.ApiException">403: nothing can be kept, so that nothing may be changed.</exception>
    void CheckAllowed();

    /// <summary>Completes when every change up to the version is on disk, where that is wanted.</summary>
    /// <exception cref="Responses.ApiException">503: it could not be written.</exception>
    ValueTask WaitAsync(long version);

    /// <summary>Makes sure that a change could be kept, before it is made: what piles up in memory meanwhile must not grow without bound.</summary>
    /// <exception cref="Responses.ApiException">503: changes before could not be written, and still wait.</exception>
    void CheckKeeping(ResourceKind kind);

    /// <summary>Makes sure that nobody has changed the file that keeps an object, before the object is changed.</summary>
    /// <param name="current">The object.</param>
    /// <param name="isRemoval">The object is to go: then it is no contradiction that its file has gone already.</param>
    /// <exception cref="Responses.ApiException">409: someone has.</exception>
    void CheckUntouched(StoredObject current, bool isRemoval);
}
