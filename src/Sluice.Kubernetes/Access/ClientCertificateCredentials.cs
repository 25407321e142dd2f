using System.Net.Security;

namespace Sluice.Kubernetes.Access;

/// <summary>A client certificate of a kubeconfig. Files are read anew every minute: whoever renews certificates replaces them.</summary>
internal sealed class ClientCertificateCredentials : ICredentialSource
{
    private readonly Recent<Loaded> _loaded;

    public ClientCertificateCredentials(Embedded certificate, Embedded key, TimeProvider clock) =>
        _loaded = new Recent<Loaded>(known => Read(certificate, key, known), clock);

    /// <exception cref="ClusterAccessException">It cannot be used.</exception>
    public void Check() => _ = _loaded.Value;

    public ValueTask<Credential> GetAsync(CancellationToken cancellation) => ValueTask.FromResult(_loaded.Value.Credential);

    public void Reject(Credential credential)
    {
        // TLS has taken it: a newer file is found when its time comes.
    }

    private static Loaded Read(Embedded certificate, Embedded key, Loaded? known)
    {
        var certificatePem = certificate.Read();
        var keyPem = key.Read();
        if (known is not null && known.CertificatePem == certificatePem && known.KeyPem == keyPem)
            return known;
        SslStreamCertificateContext context = ClientCertificate.Load(certificatePem, keyPem, certificate.Purpose, key.Purpose);
        return new Loaded(certificatePem, keyPem, new Credential(null, context));
    }

    private sealed class Loaded(string certificatePem, string keyPem, Credential credential)
    {
        public string CertificatePem => certificatePem;

        public string KeyPem => keyPem;

        public Credential Credential => credential;
    }
}
