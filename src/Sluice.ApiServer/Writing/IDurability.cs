namespace Sluice.ApiServer.Writing;

/// <summary>Tells when a change will be there after a restart.</summary>
internal interface IDurability
{
    /// <summary>Completes when every change up to the version is on disk, where that is wanted.</summary>
    /// <exception cref="Responses.ApiException">503: it could not be written.</exception>
    ValueTask WaitAsync(long version);
}
