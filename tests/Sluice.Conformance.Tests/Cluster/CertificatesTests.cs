using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Conformance.Cluster;

namespace Sluice.Conformance.Tests.Cluster;

public sealed class CertificatesTests
{
    [Theory]
    [InlineData("tls-checks-certificate", "tls-checks-ca-certificate")]
    [InlineData("tls-checks-client-certificate", "tls-checks-ca-certificate")]
    [InlineData("tls-passthrough-checks-certificate", "tls-checks-ca-certificate")]
    [InlineData("tls-terminate-checks-certificate", "tls-checks-ca-certificate")]
    [InlineData("tls-validity-checks-client-certificate", "tls-validity-checks-ca-certificate")]
    [InlineData("tls-validity-checks-per-port-client-certificate", "tls-validity-checks-per-port-ca-certificate")]
    [InlineData("tls-validity-checks-certificate", "tls-validity-checks-certificate")]
    public void Documents_Certificate_IsSignedByItsAuthorityAlone(string name, string authority)
    {
        using var certificate = Certificate(name);

        Assert.True(IsSignedBy(certificate, authority));
        Assert.False(IsSignedBy(certificate, "mismatch-ca-certificate"));
    }

    [Fact]
    public void Documents_Authorities_ShareNameAndSerialNumber()
    {
        var authorities = Certificates.Documents.Where(document => document["kind"]!.GetValue<string>() == "ConfigMap").Select(document => X509Certificate2.CreateFromPem(document["data"]!["ca.crt"]!.GetValue<string>())).ToList();

        Assert.Equal(5, authorities.Count);
        Assert.Single(authorities.Select(authority => authority.Subject).Distinct());
        Assert.All(authorities, authority => Assert.Equal("07E8", authority.SerialNumber));
        Assert.Equal(5, authorities.Select(authority => authority.GetPublicKeyString()).Distinct().Count());
    }

    [Fact]
    public void Documents_Names_AreThoseOfTheSuite()
    {
        using var checks = Certificate("tls-checks-certificate");
        using var validity = Certificate("tls-validity-checks-certificate");
        using var client = Certificate("tls-checks-client-certificate");

        Assert.Equal(["abc.example.com", "other.example.com"], Names(checks)!.EnumerateDnsNames());
        Assert.Contains("spiffe://abc.example.com/test-identity", Encoding.ASCII.GetString(Names(checks)!.RawData), StringComparison.Ordinal);
        Assert.Equal(["*.org", "*.wildcard.org"], Names(validity)!.EnumerateDnsNames());
        Assert.Null(Names(client));
        Assert.Equal("CN=default", client.Subject);
    }

    [Fact]
    public void Documents_Keys_AreTheCertificates()
    {
        foreach (var secret in Certificates.Documents.Where(document => document["kind"]!.GetValue<string>() == "Secret"))
        {
            var key = Item(secret, "tls.key");
            Assert.StartsWith("-----BEGIN RSA PRIVATE KEY-----", key, StringComparison.Ordinal);
            using var pair = X509Certificate2.CreateFromPem(Item(secret, "tls.crt"), key);
            Assert.True(pair.HasPrivateKey);
        }
    }

    private static X509SubjectAlternativeNameExtension? Names(X509Certificate2 certificate) => certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SingleOrDefault();

    private static X509Certificate2 Certificate(string name) => X509Certificate2.CreateFromPem(Item(Document(name), "tls.crt"));

    private static JsonObject Document(string name) => Certificates.Documents.First(document => document["metadata"]!["name"]!.GetValue<string>() == name);

    private static string Item(JsonObject secret, string item) => Encoding.ASCII.GetString(Convert.FromBase64String(secret["data"]![item]!.GetValue<string>()));

    private static bool IsSignedBy(X509Certificate2 certificate, string authority)
    {
        var document = Document(authority);
        using var root = X509Certificate2.CreateFromPem(document["kind"]!.GetValue<string>() == "Secret" ? Item(document, "tls.crt") : document["data"]!["ca.crt"]!.GetValue<string>());
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(root);
        return chain.Build(certificate);
    }
}
