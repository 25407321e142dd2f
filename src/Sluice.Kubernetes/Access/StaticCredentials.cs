namespace Sluice.Kubernetes.Access;

/// <summary>A credential that never changes.</summary>
public sealed class StaticCredentials(Credential credential) : ICredentialSource
{
    public static StaticCredentials Anonymous { get; } = new(Credential.Anonymous);

    public ValueTask<Credential> GetAsync(CancellationToken cancellation) => ValueTask.FromResult(credential);

    public void Reject(Credential credential)
    {
        // There is no other.
    }
}
