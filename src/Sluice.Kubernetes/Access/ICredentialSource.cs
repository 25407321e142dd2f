namespace Sluice.Kubernetes.Access;

/// <summary>Gives the credential of each request. Thread-safe.</summary>
public interface ICredentialSource
{
    /// <exception cref="ClusterAccessException">It cannot be had at the moment.</exception>
    ValueTask<Credential> GetAsync(CancellationToken cancellation);

    /// <summary>The server answered 401 to it: do not give it again when there may be a newer one.</summary>
    void Reject(Credential credential);
}
