using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Tls.Support;
using Sluice.Proxy.Tls;
using Sluice.Proxy.Tls.Certificates;

namespace Sluice.Proxy.Tests.Tls;

/// <summary>What listeners are configured with: certificates good and bad, versions, suites, and their change under load.</summary>
public sealed class CertificateTests
{
    private static readonly TestRoutes Direct = new TestRoutes().Add("*", "/", new DirectResponseAction { StatusCode = 200, Body = "ok" });

    public static TheoryData<string, string> BadCertificates() => new()
    {
        { "mismatch", "belongs to none of the certificates" },
        { "encrypted", "is encrypted" },
        { "key", "the private key cannot be read" },
        { "chain", "holds no certificate in PEM" },
        { "half", "cannot be read" },
        { "small", "key too small" },
    };

    [Theory]
    [MemberData(nameof(BadCertificates))]
    public async Task BadCertificate_ConcernsItsListenerOnly(string kind, string message)
    {
        using var authority = new TestAuthority();
        using var good = authority.Issue("good.example");
        using var other = authority.Issue(new CertificateWish { Names = ["bad.example"], RsaBits = kind == "small" ? 1024 : 0 });
        var bad = kind switch
        {
            "mismatch" => other.ToConfiguration() with { PrivateKey = new PrivateKey(good.KeyPem) },
            "encrypted" => other.ToConfiguration() with { PrivateKey = new PrivateKey(other.EncryptedKeyPem) },
            "key" => other.ToConfiguration() with { PrivateKey = new PrivateKey("no key") },
            "chain" => other.ToConfiguration() with { Chain = "no certificate" },
            "half" => other.ToConfiguration() with { Chain = other.Chain[..^60] },
            _ => other.ToConfiguration(),
        };
        await using var proxy = await TlsProxy.StartAsync(Direct, good);
        var result = await proxy.ApplyAsync(Direct, listener =>
        [
            listener with { Name = "good", Hostname = "good.example", Tls = TlsProxy.Terminate(good) },
            listener with { Name = "bad", Hostname = "bad.example", Tls = TlsProxy.Terminate(good) with { Certificates = [bad] } },
        ]);

        Assert.True(result.Applied);
        var error = Assert.Single(result.Errors);
        Assert.Equal(("bad", ApplyErrorReason.Certificate), (error.Listener, error.Reason));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", error.Message, StringComparison.Ordinal);
        await using var client = await proxy.ConnectTlsAsync("good.example");
        Assert.Equal("ok", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: good.example\r\n\r\n")).Body);
        await Assert.ThrowsAnyAsync<IOException>(() => proxy.ConnectTlsAsync("bad.example"));
    }

    [Fact]
    public async Task BadCertificate_IsToldWithEveryChange_UntilItIsMended()
    {
        using var authority = new TestAuthority();
        using var good = authority.Issue("good.example");
        using var mended = authority.Issue("bad.example");
        await using var proxy = await TlsProxy.StartAsync(Direct, good);
        Listener first = null!, second = null!;
        await proxy.ApplyAsync(Direct, listener =>
        [
            first = listener with { Name = "good", Hostname = "good.example", Tls = TlsProxy.Terminate(good) },
            second = listener with { Name = "bad", Hostname = "bad.example", Tls = TlsProxy.Terminate(good) with { Certificates = [mended.ToConfiguration() with { Chain = "none" }] } },
        ]);

        var other = await proxy.ApplyAsync(Direct, _ => [first with { Tls = TlsProxy.Terminate(good) }, second]);
        var after = await proxy.ApplyAsync(Direct, _ => [first, second with { Tls = TlsProxy.Terminate(mended) }]);

        Assert.Equal("bad", Assert.Single(other.Errors).Listener);
        Assert.Empty(after.Errors);
        await using var client = await proxy.ConnectTlsAsync("bad.example");
        Assert.Equal("ok", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: bad.example\r\n\r\n")).Body);
    }

    [Fact]
    public async Task BadCertificate_BesideAGoodOne_IsAWarning()
    {
        using var authority = new TestAuthority();
        using var good = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(Direct, good);
        var result = await proxy.ApplyAsync(Direct, TlsProxy.Terminate(good) with
        {
            Certificates = [good.ToConfiguration("test/bad") with { Chain = "" }, good.ToConfiguration()],
        });

        Assert.Empty(result.Errors);
        Assert.Contains(result.Warnings, warning => warning.Contains("test/bad", StringComparison.Ordinal));
        await using var client = await proxy.ConnectTlsAsync();
    }

    [Fact]
    public void CertificateWithAnyByteChanged_IsTakenOrRefused_AndNeverMore()
    {
        using var authority = new TestAuthority();
        using var good = authority.Issue("a.example");
        using var trial = SslContext.Create(isServer: true);
        var der = good.Certificate.RawData;
        var refused = 0;
        for (var i = 0; i < der.Length; i++)
        {
            var copy = der.ToArray();
            copy[i] ^= (byte)(1 + (i % 255));

            var facts = CertificateFacts.Read(good.ToConfiguration() with { Chain = PemEncoding.WriteString("CERTIFICATE", copy) + "\n" }, trial.Pointer);

            refused += facts.Problem is null ? 0 : 1;
        }

        Assert.True(refused > der.Length / 4, $"{refused} of {der.Length} were refused");
    }

    [Fact]
    public void CertificateOfTheYearZero_IsRead()
    {
        using var authority = new TestAuthority();
        using var good = authority.Issue(new CertificateWish { Names = ["a.example"], NotAfter = new DateTimeOffset(2055, 1, 2, 3, 4, 5, TimeSpan.Zero) });
        using var trial = SslContext.Create(isServer: true);
        var der = good.Certificate.RawData;
        "0000"u8.CopyTo(der.AsSpan(der.AsSpan().IndexOf("20550102030405Z"u8)));

        var facts = CertificateFacts.Read(good.ToConfiguration() with { Chain = PemEncoding.WriteString("CERTIFICATE", der) + "\n" }, trial.Pointer);

        Assert.Null(facts.Problem);
        Assert.True(facts.IsExpired(DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task ChainInAnyOrder_IsSentInOrder()
    {
        using var root = new TestAuthority("CN=Root");
        using var upper = new TestAuthority("CN=Upper", root);
        using var lower = new TestAuthority("CN=Lower", upper);
        using var certificate = lower.Issue("a.example");
        var configured = certificate.ToConfiguration() with { Chain = root.Pem + upper.Pem + lower.Pem + certificate.Chain };
        await using var proxy = await TlsProxy.StartAsync(Direct, TlsProxy.Terminate(certificate) with { Certificates = [configured] });
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "a.example",
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
        };
        options.CertificateChainPolicy.CustomTrustStore.Add(root.Certificate);
        await using var client = await proxy.ConnectTlsAsync(options);

        Assert.Equal(certificate.Certificate.Thumbprint, client.ServerCertificate.Thumbprint);
    }

    [Fact]
    public async Task Expired_IsServed_AndCounted()
    {
        using var authority = new TestAuthority();
        var end = DateTimeOffset.FromUnixTimeSeconds(DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds());
        using var certificate = authority.Issue(new CertificateWish { Names = ["a.example"], NotAfter = end });
        await using var proxy = await TlsProxy.StartAsync(Direct, certificate);
        await using var client = await proxy.ConnectTlsAsync();

        Assert.Equal("ok", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")).Body);
        Assert.Equal(1, proxy.Server.Metric("sluice_tls_expired_certificates_served_total"));
    }

    [Fact]
    public async Task KindOfKey_IsOneThatTheClientCanUse()
    {
        using var authority = new TestAuthority();
        using var ecdsa = authority.Issue(new CertificateWish { Subject = "CN=ecdsa", Names = ["a.example"] });
        using var rsa = authority.Issue(new CertificateWish { Subject = "CN=rsa", Names = ["a.example"], RsaBits = 2048 });
        await using var proxy = await TlsProxy.StartAsync(Direct, ecdsa, rsa);
        await using var modern = await proxy.ConnectTlsAsync();
        Assert.Equal("CN=ecdsa", modern.ServerCertificate.Subject);

        var port = $"127.0.0.1:{proxy.EndPoint.Port}";
        var old = await OpenSslTool.RunAsync("", "s_client", "-connect", port, "-servername", "a.example", "-tls1_2", "-sigalgs", "RSA+SHA256");
        Assert.Contains("CN = rsa", old, StringComparison.Ordinal);
        var rsaOnly = await OpenSslTool.RunAsync("", "s_client", "-connect", port, "-servername", "a.example", "-tls1_3", "-sigalgs", "rsa_pss_rsae_sha256");
        Assert.Contains("CN = rsa", rsaOnly, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TlsVersion.Tls12, TlsVersion.Tls13, SslProtocols.Tls12, true)]
    [InlineData(TlsVersion.Tls12, TlsVersion.Tls13, SslProtocols.Tls13, true)]
    [InlineData(TlsVersion.Tls13, TlsVersion.Tls13, SslProtocols.Tls12, false)]
    [InlineData(TlsVersion.Tls12, TlsVersion.Tls12, SslProtocols.Tls13, false)]
    [InlineData(TlsVersion.Tls12, TlsVersion.Tls12, SslProtocols.Tls12, true)]
    public async Task Version_IsWithinTheListenersBounds(TlsVersion minimum, TlsVersion maximum, SslProtocols offered, bool isAgreed)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(Direct, TlsProxy.Terminate(certificate) with { MinimumVersion = minimum, MaximumVersion = maximum });
        var options = TlsClient.Options("a.example");
        options.EnabledSslProtocols = offered;

        if (!isAgreed)
        {
            await Assert.ThrowsAnyAsync<AuthenticationException>(() => proxy.ConnectTlsAsync(options));
            await Eventually.Is(1L, () => proxy.Server.Metric("sluice_tls_handshake_failures_total{reason=\"nothing in common\"}"), "handshakes without a common version");
            return;
        }

        await using var client = await proxy.ConnectTlsAsync(options);
        Assert.Equal(offered, client.Stream.SslProtocol);
    }

    [Theory]
    [InlineData("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "-tls1_2", "ECDHE-ECDSA-AES256-GCM-SHA384")]
    [InlineData("ECDHE-ECDSA-CHACHA20-POLY1305", "-tls1_2", "ECDHE-ECDSA-CHACHA20-POLY1305")]
    [InlineData("TLS_CHACHA20_POLY1305_SHA256", "-tls1_3", "TLS_CHACHA20_POLY1305_SHA256")]
    public async Task CipherSuite_IsTheOneThatIsConfigured(string configured, string version, string expected)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(Direct, TlsProxy.Terminate(certificate) with { CipherSuites = [configured] });

        var output = await OpenSslTool.RunAsync("", "s_client", "-connect", $"127.0.0.1:{proxy.EndPoint.Port}", "-servername", "a.example", version);
        Assert.Contains($"Cipher is {expected}", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SuitesOfTls13Only_LeaveNothingOfTls12()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(Direct, TlsProxy.Terminate(certificate) with { CipherSuites = ["TLS_AES_256_GCM_SHA384"] });
        var options = TlsClient.Options("a.example");
        options.EnabledSslProtocols = SslProtocols.Tls12;

        await Assert.ThrowsAnyAsync<AuthenticationException>(() => proxy.ConnectTlsAsync(options));
    }

    [Theory]
    [InlineData("NO_SUCH_SUITE", "", "no cipher suite")]
    [InlineData("", "P-1", "the curves P-1")]
    public async Task UnknownSetting_IsAnError(string suite, string curve, string message)
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");
        await using var proxy = await TlsProxy.StartAsync(Direct, certificate);
        var result = await proxy.ApplyAsync(Direct, TlsProxy.Terminate(certificate) with { CipherSuites = suite == "" ? [] : [suite], Curves = curve == "" ? [] : [curve] });

        var error = Assert.Single(result.Errors);
        Assert.Equal(ApplyErrorReason.Tls, error.Reason);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staple_IsSentToWhoAsks()
    {
        using var authority = new TestAuthority();
        using var certificate = authority.Issue("a.example");

        // "unauthorized" (RFC 6960 4.2.1): the smallest response that there is.
        var stapled = certificate.ToConfiguration() with { OcspResponse = [0x30, 0x03, 0x0a, 0x01, 0x06] };
        await using var proxy = await TlsProxy.StartAsync(Direct, TlsProxy.Terminate(certificate) with { Certificates = [stapled] });

        var output = await OpenSslTool.RunAsync("", "s_client", "-connect", $"127.0.0.1:{proxy.EndPoint.Port}", "-servername", "a.example", "-status");
        Assert.Contains("OCSP Response Status: unauthorized (0x6)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotation_UnderLoad_FailsNobody_AndLeavesConnectionsAlone()
    {
        using var authority = new TestAuthority();
        using var first = authority.Issue(new CertificateWish { Subject = "CN=0", Names = ["a.example"] });
        await using var proxy = await TlsProxy.StartAsync(Direct, TlsProxy.Terminate(first), workers: 2);
        await using var kept = await proxy.ConnectTlsAsync();
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var count = 0;
            for (; !stop.IsCancellationRequested; count++)
            {
                await using var client = await proxy.ConnectTlsAsync();
                Assert.Equal("ok", (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")).Body);
            }

            return count;
        })).ToArray();
        var last = "";
        for (var i = 1; i <= 20; i++)
        {
            using var next = authority.Issue(new CertificateWish { Subject = last = $"CN={i}", Names = ["a.example"] });
            Assert.Empty((await proxy.ApplyAsync(Direct, TlsProxy.Terminate(next))).Errors);

            // A session that is resumed goes on with the certificate that it began with.
            var options = TlsClient.Options("a.example");
            options.AllowTlsResume = false;
            await using var client = await proxy.ConnectTlsAsync(options);
            Assert.Equal(last, client.ServerCertificate.Subject);
            Assert.Equal("ok", (await kept.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n")).Body);
        }

        await stop.CancelAsync();
        foreach (var client in clients)
            Assert.True(await client.Within("a client") > 0);
    }
}
