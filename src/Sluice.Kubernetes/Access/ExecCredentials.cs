namespace Sluice.Kubernetes.Access;

/// <summary>Credentials of an exec plugin, kept until they expire or the server refuses them; one run at a time.</summary>
internal sealed class ExecCredentials(ExecPlugin plugin, Func<string, string?> environment, TimeProvider clock) : ICredentialSource
{
    /// <summary>So long before it expires, a credential is not used any more: requests take their time.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly ExecRunner _runner = new(plugin, environment);
    private readonly Lock _lock = new();
    private Task<ExecCredential>? _run;
    private volatile ExecCredential? _known;

    public async ValueTask<Credential> GetAsync(CancellationToken cancellation)
    {
        if (Usable is { } known)
            return known;
        Task<ExecCredential> run;
        lock (_lock)
        {
            // Whoever comes while it runs waits for the same run, which none of them ends by giving up.
            if (_run is null or { IsCompleted: true })
                _run = Usable is null ? RunAsync() : Task.FromResult(_known!);
            run = _run;
        }

        return (await run.WaitAsync(cancellation).ConfigureAwait(false)).Credential;
    }

    public void Reject(Credential credential)
    {
        if (_known is { } known && ReferenceEquals(known.Credential, credential))
            Interlocked.CompareExchange(ref _known, null, known);
    }

    private Credential? Usable => _known is { } known && (known.Expires is not { } expires || clock.GetUtcNow() < expires - Margin) ? known.Credential : null;

    private async Task<ExecCredential> RunAsync()
    {
        var output = await Task.Run(_runner.RunAsync).ConfigureAwait(false);
        var fresh = ExecCredentialJson.Read(plugin, output);
        _known = fresh;
        return fresh;
    }
}
