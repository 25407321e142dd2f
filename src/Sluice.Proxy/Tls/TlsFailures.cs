using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls;

/// <summary>What OpenSSL's errors mean, and names of failures in metrics.</summary>
internal static class TlsFailures
{
    public static TlsFailure Classify(ulong error) => TlsErrors.SslReason(error) switch
    {
        SslConstants.SSL_R_CERTIFICATE_VERIFY_FAILED => TlsFailure.PeerCertificate,
        SslConstants.SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE => TlsFailure.ClientCertificate,
        SslConstants.SSL_R_NO_SHARED_CIPHER or SslConstants.SSL_R_UNSUPPORTED_PROTOCOL or SslConstants.SSL_R_NO_SUITABLE_KEY_SHARE or
            SslConstants.SSL_R_NO_SHARED_GROUPS or SslConstants.SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM => TlsFailure.NothingInCommon,
        SslConstants.SSL_R_NO_APPLICATION_PROTOCOL => TlsFailure.ApplicationProtocol,
        >= SslConstants.SSL_AD_REASON_OFFSET => TlsFailure.Alert,
        _ => TlsFailure.Protocol,
    };

    public static string Name(TlsFailure failure) => failure switch
    {
        TlsFailure.None => "none",
        TlsFailure.Timeout => "timeout",
        TlsFailure.NotTls => "not TLS",
        TlsFailure.ClientHello => "client hello",
        TlsFailure.ClientHelloTooLarge => "client hello too large",
        TlsFailure.NoMatch => "no match",
        TlsFailure.NoBackend => "no backend",
        TlsFailure.NoCertificate => "no certificate",
        TlsFailure.ClientCertificate => "client certificate",
        TlsFailure.PeerCertificate => "peer certificate",
        TlsFailure.NothingInCommon => "nothing in common",
        TlsFailure.ApplicationProtocol => "application protocol",
        TlsFailure.Alert => "alert",
        TlsFailure.Closed => "closed",
        _ => "protocol",
    };
}
