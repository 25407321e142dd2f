namespace Sluice.Kubernetes.Access;

/// <summary>Credentials of an exec plugin, kept until they expire or the server refuses them; one run at a time.</summary>
internal sealed class ExecCredentials(ExecPlugin plugin, Func<string, string?> environment, TimeProvider clock) : ICredentialSource
{
    /// <summary>So long before it expires, a credential is not used any more: requests take their time.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly ExecRunner _runner = new(plugin, environment);
    private readonly SemaphoreSlim _running = new(1, 1);
    private volatile ExecCredential? _known;

    public async ValueTask<Credential> GetAsync(CancellationToken cancellation)
    {
        if (Usable is { } known)
            return known;
        await _running.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (Usable is { } meanwhile)
                return meanwhile;
            var fresh = ExecCredentialJson.Read(plugin, await _runner.RunAsync(cancellation).ConfigureAwait(false));
            _known = fresh;
            return fresh.Credential;
        }
        finally
        {
            _running.Release();
        }
    }

    public void Reject(Credential credential)
    {
        if (_known is { } known && ReferenceEquals(known.Credential, credential))
            _known = null;
    }

    private Credential? Usable => _known is { } known && (known.Expires is not { } expires || clock.GetUtcNow() < expires - Margin) ? known.Credential : null;
}
