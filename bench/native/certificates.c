// Makes an authority and many certificates at once, faster than one run of openssl for each could.
//
// usage: certificates FOLDER FIRST COUNT ec|rsa NAME...
//   FOLDER/ca.crt and ca.key are made when they are missing; then FOLDER/N.crt (certificate and authority) and FOLDER/N.key for
//   N from FIRST on. % in a NAME stands for N.
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NAME_BYTES = 4096, DAYS = 90 };

static const char *folder;

static void *checked(void *pointer, const char *what) {
    if (!pointer) {
        fprintf(stderr, "certificates: %s failed\n", what);
        exit(1);
    }
    return pointer;
}

static FILE *open_file(const char *name, const char *suffix, const char *mode) {
    char path[NAME_BYTES];
    snprintf(path, sizeof path, "%s/%s%s", folder, name, suffix);
    return fopen(path, mode);
}

static void extension(X509 *certificate, X509 *issuer, int nid, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *made = checked(X509V3_EXT_conf_nid(NULL, &context, nid, value), value);
    X509_add_ext(certificate, made, -1);
    X509_EXTENSION_free(made);
}

// Not signed yet. Without an issuer it is its own.
static X509 *certificate_of(EVP_PKEY *key, const char *common_name, X509 *issuer) {
    X509 *certificate = checked(X509_new(), "X509_new");
    unsigned char serial[16];
    RAND_bytes(serial, sizeof serial);
    serial[0] = (serial[0] & 0x7F) | 0x40;
    BIGNUM *number = checked(BN_bin2bn(serial, sizeof serial, NULL), "serial number");
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
    X509_set_version(certificate, X509_VERSION_3);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), DAYS * 24 * 3600L);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, (const unsigned char *)common_name, -1, -1, 0);
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer ? issuer : certificate));
    X509_set_pubkey(certificate, key);
    return certificate;
}

static void write_key(EVP_PKEY *key, const char *name) {
    umask(077);
    FILE *file = checked(open_file(name, ".key", "w"), "opening a file for a key");
    checked(PEM_write_PrivateKey(file, key, NULL, NULL, 0, NULL, NULL) ? key : NULL, "writing a key");
    fclose(file);
}

static void write_chain(X509 *certificate, X509 *issuer, const char *name) {
    FILE *file = checked(open_file(name, ".crt", "w"), "opening a file for a certificate");
    PEM_write_X509(file, certificate);
    if (issuer)
        PEM_write_X509(file, issuer);
    fclose(file);
}

static void authority(X509 **certificate, EVP_PKEY **key) {
    FILE *with_certificate = open_file("ca", ".crt", "r"), *with_key = open_file("ca", ".key", "r");
    if (with_certificate && with_key) {
        *certificate = checked(PEM_read_X509(with_certificate, NULL, NULL, NULL), "reading ca.crt");
        *key = checked(PEM_read_PrivateKey(with_key, NULL, NULL, NULL), "reading ca.key");
        fclose(with_certificate);
        fclose(with_key);
        return;
    }
    *key = checked(EVP_EC_gen("P-256"), "EVP_EC_gen");
    *certificate = certificate_of(*key, "Benchmark authority", NULL);
    extension(*certificate, *certificate, NID_basic_constraints, "critical,CA:TRUE");
    extension(*certificate, *certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    extension(*certificate, *certificate, NID_subject_key_identifier, "hash");
    checked(X509_sign(*certificate, *key, EVP_sha256()) ? *key : NULL, "signing");
    write_chain(*certificate, NULL, "ca");
    write_key(*key, "ca");
}

// "DNS:a,DNS:b" with every % replaced.
static void alternative_names(char *out, size_t size, char **names, int count, int number) {
    size_t used = 0;
    for (int i = 0; i < count; i++) {
        used += snprintf(out + used, size - used, "%sDNS:", i ? "," : "");
        for (const char *c = names[i]; *c && used + 16 < size; c++)
            used += *c == '%' ? (size_t)snprintf(out + used, size - used, "%d", number) : (out[used] = *c, 1);
        out[used] = 0;
    }
}

int main(int count, char **arguments) {
    if (count < 6 || (strcmp(arguments[4], "ec") && strcmp(arguments[4], "rsa"))) {
        fprintf(stderr, "usage: certificates FOLDER FIRST COUNT ec|rsa NAME...\n");
        return 2;
    }
    folder = arguments[1];
    X509 *issuer;
    EVP_PKEY *issuer_key;
    authority(&issuer, &issuer_key);
    int first = atoi(arguments[2]), end = first + atoi(arguments[3]);
    for (int number = first; number < end; number++) {
        EVP_PKEY *key = checked(strcmp(arguments[4], "ec") ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256"), "making a key");
        char names[NAME_BYTES], name[16];
        alternative_names(names, sizeof names, arguments + 5, count - 5, number);
        snprintf(name, sizeof name, "%d", number);
        X509 *certificate = certificate_of(key, name, issuer);
        extension(certificate, issuer, NID_basic_constraints, "critical,CA:FALSE");
        extension(certificate, issuer, NID_key_usage, "critical,digitalSignature");
        extension(certificate, issuer, NID_ext_key_usage, "serverAuth");
        extension(certificate, issuer, NID_subject_alt_name, names);
        extension(certificate, issuer, NID_subject_key_identifier, "hash");
        extension(certificate, issuer, NID_authority_key_identifier, "keyid");
        extension(certificate, issuer, NID_crl_distribution_points, "URI:http://crl.example.com/ca.crl"); // as public ones have it
        checked(X509_sign(certificate, issuer_key, EVP_sha256()) ? certificate : NULL, "signing");
        write_chain(certificate, issuer, name);
        write_key(key, name);
        X509_free(certificate);
        EVP_PKEY_free(key);
    }
    return 0;
}
