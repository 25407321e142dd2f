using System.Text;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls.Certificates;

/// <summary>Certificates of PEM texts, as OpenSSL holds them, in the order in which they stand there.</summary>
internal sealed unsafe class CertificateList : IDisposable
{
    /// <summary>Certificates in one list. No chain has as many; a bundle of all public authorities has about 150.</summary>
    private const int MaxCertificates = 4096;

    private readonly List<nint> _certificates = [];

    public IReadOnlyList<nint> Certificates => _certificates;

    /// <param name="pem">May hold other things between the certificates, which are passed over.</param>
    /// <param name="what">What the text is, for the message.</param>
    /// <exception cref="TlsMaterialException">It holds no certificate, or one that cannot be read.</exception>
    public void Add(string pem, string what)
    {
        var before = _certificates.Count;

        // OpenSSL takes no empty text.
        var bytes = Encoding.UTF8.GetBytes(pem + '\n');
        fixed (byte* pointer = bytes)
        {
            var bio = Crypto.BIO_new_mem_buf(pointer, bytes.Length);
            try
            {
                while (bio != 0 && Crypto.PEM_read_bio_X509(bio, null, null, null) is var certificate and not 0)
                {
                    _certificates.Add(certificate);
                    if (_certificates.Count > MaxCertificates)
                        throw new TlsMaterialException($"{what} holds more than {MaxCertificates} certificates");
                }
            }
            finally
            {
                if (bio != 0)
                    Crypto.BIO_free(bio);
            }
        }

        // The end of the text is told as an error too; it is the only one that may end a list.
        var isEnd = IsEndOfText(Crypto.ERR_peek_last_error());
        if (_certificates.Count == before)
            throw isEnd ? NoCertificate(what) : TlsMaterialException.WithReason($"{what} cannot be read");
        if (!isEnd)
            throw TlsMaterialException.WithReason($"{what}: certificate {_certificates.Count - before + 1} cannot be read");
        Crypto.ERR_clear_error();
    }

    public void Dispose()
    {
        foreach (var certificate in _certificates)
            Crypto.X509_free(certificate);
        _certificates.Clear();
    }

    private static TlsMaterialException NoCertificate(string what)
    {
        Crypto.ERR_clear_error();
        return new TlsMaterialException($"{what} holds no certificate in PEM (\"-----BEGIN CERTIFICATE-----\")");
    }

    /// <summary>PEM_R_NO_START_LINE of ERR_LIB_PEM.</summary>
    private static bool IsEndOfText(ulong error) => ((error >> 23) & 0xff) == 9 && (error & 0x7fffff) == 108;
}
