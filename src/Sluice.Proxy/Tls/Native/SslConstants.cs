namespace Sluice.Proxy.Tls.Native;

/// <summary>Values of OpenSSL's headers (ssl.h, tls1.h, bio.h, x509_vfy.h, x509v3.h), unchanged over all of OpenSSL 3.</summary>
internal static class SslConstants
{
    internal const int SSL_ERROR_SSL = 1;
    internal const int SSL_ERROR_WANT_READ = 2;
    internal const int SSL_ERROR_ZERO_RETURN = 6;

    internal const int SSL_SENT_SHUTDOWN = 1;
    internal const int SSL_RECEIVED_SHUTDOWN = 2;

    internal const int SSL_CB_LOOP = 0x01;
    internal const int SSL_CB_ALERT = 0x4000;

    internal const int SSL_CTRL_MODE = 33;
    internal const int SSL_CTRL_SET_SESS_CACHE_MODE = 44;
    internal const int SSL_CTRL_SET_TLSEXT_HOSTNAME = 55;
    internal const int SSL_CTRL_SET_TLSEXT_STATUS_REQ_CB = 63;
    internal const int SSL_CTRL_SET_TLSEXT_STATUS_REQ_OCSP_RESP = 71;
    internal const int SSL_CTRL_CHAIN = 88;
    internal const int SSL_CTRL_CHAIN_CERT = 89;
    internal const int SSL_CTRL_SET_GROUPS_LIST = 92;
    internal const int SSL_CTRL_SET_VERIFY_CERT_STORE = 106;
    internal const int SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
    internal const int SSL_CTRL_SET_MAX_PROTO_VERSION = 124;

    internal const int SSL_MODE_ENABLE_PARTIAL_WRITE = 0x01;
    internal const int SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER = 0x02;
    internal const int SSL_MODE_NO_AUTO_CHAIN = 0x08;
    internal const int SSL_MODE_RELEASE_BUFFERS = 0x10;

    internal const ulong SSL_OP_NO_COMPRESSION = 1UL << 17;
    internal const ulong SSL_OP_PRIORITIZE_CHACHA = 1UL << 21;
    internal const ulong SSL_OP_CIPHER_SERVER_PREFERENCE = 1UL << 22;
    internal const ulong SSL_OP_NO_RENEGOTIATION = 1UL << 30;

    internal const int SSL_SESS_CACHE_OFF = 0;
    internal const int SSL_SESS_CACHE_CLIENT = 1;
    internal const int SSL_SESS_CACHE_NO_INTERNAL = 0x300;

    internal const int SSL_VERIFY_PEER = 1;
    internal const int SSL_VERIFY_FAIL_IF_NO_PEER_CERT = 2;

    internal const int SSL_TLSEXT_ERR_OK = 0;
    internal const int SSL_TLSEXT_ERR_ALERT_FATAL = 2;
    internal const int SSL_TLSEXT_ERR_NOACK = 3;

    internal const int TLS1_VERSION = 0x0301;
    internal const int TLS1_1_VERSION = 0x0302;
    internal const int TLS1_2_VERSION = 0x0303;
    internal const int TLS1_3_VERSION = 0x0304;

    internal const int ERR_LIB_SSL = 20;
    internal const int SSL_R_UNEXPECTED_MESSAGE = 244;
    internal const int SSL_R_CERTIFICATE_VERIFY_FAILED = 134;
    internal const int SSL_R_NO_SHARED_CIPHER = 193;
    internal const int SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE = 199;
    internal const int SSL_R_UNSUPPORTED_PROTOCOL = 258;
    internal const int SSL_R_NO_APPLICATION_PROTOCOL = 235;
    internal const int SSL_R_NO_SUITABLE_KEY_SHARE = 101;
    internal const int SSL_R_NO_SHARED_GROUPS = 410;
    internal const int SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM = 118;

    /// <summary>Reasons from here on are alerts of the peer, by their number.</summary>
    internal const int SSL_AD_REASON_OFFSET = 1000;

    internal const int BIO_TYPE_SOURCE_SINK = 0x0400;
    internal const int BIO_FLAGS_READ = 0x01;
    internal const int BIO_FLAGS_SHOULD_RETRY = 0x08;
    internal const int BIO_CTRL_INFO = 3;
    internal const int BIO_CTRL_FLUSH = 11;

    internal const int X509_V_OK = 0;
    internal const ulong X509_V_FLAG_PARTIAL_CHAIN = 0x80000;
    internal const uint X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS = 0x4;
    internal const uint X509_CHECK_FLAG_NEVER_CHECK_SUBJECT = 0x20;

    internal const int NID_commonName = 13;
    internal const int NID_subject_alt_name = 85;
    internal const int GEN_DNS = 2;
    internal const int GEN_URI = 6;

    internal const int EVP_PKEY_RSA = 6;
    internal const int EVP_PKEY_RSA_PSS = 912;
    internal const int EVP_PKEY_EC = 408;
    internal const int EVP_PKEY_ED25519 = 1087;
    internal const int EVP_PKEY_ED448 = 1088;

    /// <summary>RFC 2253: short names of attributes, in reverse order, everything odd escaped.</summary>
    internal const ulong XN_FLAG_RFC2253 = 0x1110317;
}
