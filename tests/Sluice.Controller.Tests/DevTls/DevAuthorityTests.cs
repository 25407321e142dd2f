using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sluice.Controller.DevTls;
using Sluice.Controller.Standalone;
using Sluice.Controller.Tests.Support;
using Sluice.Resources;

namespace Sluice.Controller.Tests.DevTls;

public sealed class DevAuthorityTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _root = Directory.CreateTempSubdirectory("sluice-dev-tls-").FullName;
    private readonly ManualClock _clock = new();
    private readonly DevTlsFolder _folder;

    public DevAuthorityTests()
    {
        _folder = new DevTlsFolder(Path.Combine(_root, "data", "dev-tls"));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Load_NoAuthority_MakesOneForItsOwnerOnly()
    {
        using var authority = Load();

        Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Path));
        Assert.Equal(Owner, File.GetUnixFileMode(_folder.KeyFile));
        Assert.Equal(Owner, File.GetUnixFileMode(_folder.CertificateFile));
        Assert.DoesNotContain("PRIVATE KEY", File.ReadAllText(_folder.CertificateFile), StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_root, "data")));
    }

    [Fact]
    public void Load_Again_IsTheSameAuthority()
    {
        Load().Dispose();
        var made = File.ReadAllText(_folder.CertificateFile);

        Load().Dispose();

        Assert.Equal(made, File.ReadAllText(_folder.CertificateFile));
    }

    [Fact]
    public void Load_ManyAtOnce_AgreeOnOne()
    {
        Parallel.For(0, 8, _ => Load().Dispose());

        Assert.Single(Directory.GetFileSystemEntries(Path.Combine(_root, "data")));
        using var authority = Load();
        Verify(authority.Issue(Wanted(["a.example"]), _clock.Now), "a.example");
    }

    [Fact]
    public void Load_KeyThatOthersMayRead_IsRefused()
    {
        Load().Dispose();
        File.SetUnixFileMode(_folder.KeyFile, Owner | UnixFileMode.GroupRead);

        var error = Assert.Throws<StandaloneException>(Load);

        Assert.Contains($"others may read {_folder.KeyFile}; chmod 600 it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FolderThatOthersMayChange_IsRefused()
    {
        Load().Dispose();
        File.SetUnixFileMode(_folder.Path, Owner | UnixFileMode.UserExecute | UnixFileMode.OtherWrite);

        Assert.Contains("others may write to", Assert.Throws<StandaloneException>(Load).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ca.crt", "nothing")]
    [InlineData("ca.key", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n")]
    public void Load_BrokenFile_IsRefusedWithoutQuotingIt(string file, string text)
    {
        Load().Dispose();
        File.WriteAllText(Path.Combine(_folder.Path, file), text);

        var error = Assert.Throws<StandaloneException>(Load);

        Assert.Contains($"remove {_folder.Path} to have a new authority made", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_IsNamed()
    {
        Load().Dispose();
        File.Delete(_folder.KeyFile);

        Assert.Contains(_folder.KeyFile, Assert.Throws<StandaloneException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AuthorityAtItsEnd_IsReplacedAndKeptAside()
    {
        Load().Dispose();
        var old = File.ReadAllText(_folder.CertificateFile);

        _clock.Now += TimeSpan.FromDays(3650 - 59);
        using var authority = Load();

        Assert.NotEqual(old, File.ReadAllText(_folder.CertificateFile));
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(_root, "data")).Length);
        Verify(authority.Issue(Wanted(["a.example"]), _clock.Now), "a.example");
    }

    [Fact]
    public void Issue_Certificate_IsForItsNamesAndLastsAYear()
    {
        using var authority = Load();

        var issued = authority.Issue(Wanted(["*.example.com", "a.example"], ["127.0.0.1", "::1"]), _clock.Now);

        Verify(issued, "a.example");
        using var certificate = Parse(issued);
        Assert.True(certificate.MatchesHostname("b.example.com"));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.True(certificate.MatchesHostname("::1"));
        Assert.False(certificate.MatchesHostname("c.example"));
        Assert.Equal(_clock.Now.AddDays(365), issued.NotAfter);
        Assert.Equal("1.2.840.10045.3.1.7", certificate.GetECDsaPublicKey()!.ExportParameters(false).Curve.Oid.Value);
        Assert.Equal("kubernetes.io/tls", issued.Secret.Type);
    }

    [Fact]
    public void Issue_ShortBeforeTheAuthorityEnds_EndsWithIt()
    {
        using var authority = Load();

        var issued = authority.Issue(Wanted(["a.example"]), _clock.Now + TimeSpan.FromDays(3650 - 100));

        Assert.Equal(_clock.Now + TimeSpan.FromDays(3650), issued.NotAfter);
    }

    private DevAuthority Load() => DevAuthority.Load(_folder, _clock);

    private static WantedCertificate Wanted(string[] names, string[]? addresses = null) => new(new NamespacedName("apps", "tls"), names, addresses ?? [], null);

    private static X509Certificate2 Parse(DevCertificate issued) =>
        X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(issued.Secret.Data["tls.crt"]), Encoding.ASCII.GetString(issued.Secret.Data["tls.key"]));

    /// <summary>By the platform's own chain building, with the file that clients are told to trust and nothing else.</summary>
    private void Verify(DevCertificate issued, string host)
    {
        using var certificate = Parse(issued);
        using var trusted = X509CertificateLoader.LoadCertificateFromFile(issued.AuthorityFile);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = _clock.Now.UtcDateTime;
        chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        Assert.True(chain.Build(certificate), string.Join("; ", chain.ChainStatus.Select(status => status.StatusInformation)));
        Assert.True(certificate.MatchesHostname(host));
    }
}
