using System.Text;
using System.Text.Json;
using Sluice.Configuration;
using Sluice.Configuration.Json;

namespace Sluice.Translation.Tests.Json;

public sealed class ConfigurationJsonTlsTests
{
    private static readonly TlsCertificate Certificate = new()
    {
        Name = "default/web",
        Chain = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n",
        PrivateKey = new PrivateKey("the key itself"),
        OcspResponse = [1, 2, 255],
    };

    private static readonly ProxyConfiguration Everything = new()
    {
        Gateway = "a/b",
        Addresses = ["127.0.0.1"],
        Listeners =
        [
            new Listener
            {
                Name = "https",
                Port = 443,
                BindPort = 8443,
                Protocol = ListenerProtocol.Https,
                Hostname = "",
                Tls = new ListenerTls
                {
                    Mode = TlsMode.Terminate,
                    Certificates = [Certificate],
                    MinimumVersion = TlsVersion.Tls13,
                    CipherSuites = ["TLS_AES_128_GCM_SHA256"],
                    Curves = ["X25519"],
                    AlpnProtocols = [],
                    ClientValidation = new ClientValidation { Mode = ClientValidationMode.AllowInsecureFallback, CaCertificates = ["ca"] },
                },
                ProxyProtocol = new ProxyProtocolAcceptance { TrustedSources = ["10.0.0.0/8"] },
            },
            new Listener
            {
                Name = "tls",
                Port = 443,
                BindPort = 8443,
                Protocol = ListenerProtocol.Tls,
                Hostname = "*.example.com",
                Tls = new ListenerTls { Mode = TlsMode.Passthrough },
                TlsHosts = [new TlsHost("a.example.com", Route("TLSRoute/a/t"))],
            },
            new Listener { Name = "udp", Port = 53, BindPort = 53, Protocol = ListenerProtocol.Udp, Hostname = "", Stream = Route("UDPRoute/a/u") },
        ],
        Clusters =
        [
            new Cluster
            {
                Name = "a/s:443",
                Endpoints = [],
                Tls = new UpstreamTls
                {
                    Hostname = "s.a.svc",
                    SubjectAltNames = [new SubjectAltName(SubjectAltNameType.Uri, "spiffe://x")],
                    CaCertificates = ["one", "two"],
                    TrustSystem = true,
                    ClientCertificate = Certificate,
                },
                ProxyProtocol = ProxyProtocolVersion.V2,
            },
        ],
    };

    [Fact]
    public void Read_WithSecrets_GivesTheSameAgain()
    {
        var bytes = ConfigurationJson.ToBytes(Everything, Secrets.Included);

        var read = ConfigurationJson.Read(bytes);

        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(ConfigurationJson.ToBytes(read, Secrets.Included)));
        Assert.Equal("the key itself", read.Listeners[0].Tls!.Certificates[0].PrivateKey.Reveal());
        Assert.Equal([1, 2, 255], read.Listeners[0].Tls!.Certificates[0].OcspResponse!);
        Assert.Empty(read.Listeners[0].Tls!.AlpnProtocols!);
        Assert.Null(read.Listeners[1].Tls!.AlpnProtocols);
        Assert.Equal(3, read.Listeners[1].TlsHosts[0].Route.Backends[0].Weight);
        Assert.Null(read.Listeners[2].Stream!.Backends[1].Cluster);
        Assert.Equal(ProxyProtocolVersion.V2, read.Clusters[0].ProxyProtocol);
        Assert.True(read.Clusters[0].Tls!.TrustSystem);
    }

    [Fact]
    public void Write_Hidden_HoldsNoPrivateKey()
    {
        var text = Encoding.UTF8.GetString(ConfigurationJson.ToBytes(Everything, Secrets.Hidden));

        Assert.DoesNotContain("the key itself", text, StringComparison.Ordinal);
        Assert.Contains("default/web", text, StringComparison.Ordinal);
        Assert.Equal("\"privateKey\" is missing", Assert.Throws<JsonException>(() => ConfigurationJson.Read(Encoding.UTF8.GetBytes(text))).Message);
    }

    [Fact]
    public void ToString_OfACertificate_DoesNotShowItsKey() => Assert.DoesNotContain("the key itself", Certificate.ToString(), StringComparison.Ordinal);

    private static StreamRoute Route(string name) => new()
    {
        Route = name,
        RuleName = "first",
        Backends = [new StreamBackend("a/s:443", 3), new StreamBackend(null, 1)],
    };
}
