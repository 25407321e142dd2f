namespace Sluice.Kubernetes.Access;

/// <summary>What a plugin gave.</summary>
/// <param name="credential">Token, certificate, or both.</param>
/// <param name="expires">Null: until the server refuses it.</param>
internal sealed class ExecCredential(Credential credential, DateTimeOffset? expires)
{
    public Credential Credential => credential;

    public DateTimeOffset? Expires => expires;
}
