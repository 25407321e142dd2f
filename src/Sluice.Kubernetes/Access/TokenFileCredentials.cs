namespace Sluice.Kubernetes.Access;

/// <summary>A bearer token in a file that someone replaces now and then: read anew every minute, and after a 401.</summary>
internal sealed class TokenFileCredentials : ICredentialSource
{
    private readonly Recent<Credential> _credential;

    /// <param name="path">The file; white space around the token is left out.</param>
    /// <param name="purpose">For messages: the field that names the file.</param>
    /// <param name="clock">Tells the age.</param>
    public TokenFileCredentials(string path, string purpose, TimeProvider clock) =>
        _credential = new Recent<Credential>(known => Read(path, purpose, known), clock);

    public ValueTask<Credential> GetAsync(CancellationToken cancellation) => ValueTask.FromResult(_credential.Value);

    public void Reject(Credential credential) => _credential.Expire(credential);

    private static Credential Read(string path, string purpose, Credential? known)
    {
        var token = BearerToken.Check(BoundedFile.Read(path, purpose), $"{purpose}: the file {path}");
        var credential = Credential.OfToken(token);
        return known?.Authorization == credential.Authorization ? known! : credential;
    }
}
