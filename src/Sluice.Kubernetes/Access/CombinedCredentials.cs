namespace Sluice.Kubernetes.Access;

/// <summary>A client certificate and something else; where both give the same, the first is in force.</summary>
internal sealed class CombinedCredentials(ICredentialSource first, ICredentialSource second) : ICredentialSource
{
    private volatile Pair? _last;

    public async ValueTask<Credential> GetAsync(CancellationToken cancellation)
    {
        var one = await first.GetAsync(cancellation).ConfigureAwait(false);
        var other = await second.GetAsync(cancellation).ConfigureAwait(false);
        if (_last is { } last && ReferenceEquals(last.First, one) && ReferenceEquals(last.Second, other))
            return last.Both;
        var both = new Credential(one.Authorization ?? other.Authorization, one.Certificate ?? other.Certificate);
        _last = new Pair(one, other, both);
        return both;
    }

    public void Reject(Credential credential)
    {
        if (_last is not { } last || !ReferenceEquals(last.Both, credential))
            return;
        first.Reject(last.First);
        second.Reject(last.Second);
    }

    private sealed class Pair(Credential first, Credential second, Credential both)
    {
        public Credential First => first;

        public Credential Second => second;

        public Credential Both => both;
    }
}
