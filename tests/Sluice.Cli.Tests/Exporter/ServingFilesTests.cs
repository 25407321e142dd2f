using Sluice.Cli.Exporter;
using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Exporter;

/// <summary>Certificates and tokens change while they are in use.</summary>
public sealed class ServingFilesTests : IDisposable
{
    private readonly ManifestFolder _folder = new();
    private readonly List<string> _problems = [];

    public ServingFilesTests()
    {
        WriteCertificate();
        _folder.Write("token.txt", "the-first-token-of-all\n");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void NewContents_AreInForce()
    {
        var files = Read();
        var before = files.Tls!.Certificate;
        files.Reread(_problems.Add);
        Assert.Same(before, files.Tls.Certificate);

        WriteCertificate();
        _folder.Write("token.txt", "the-second-token-of-all");
        files.Reread(_problems.Add);

        Assert.Equal("the-second-token-of-all", files.Token);
        Assert.Equal(File.ReadAllText(_folder["tls.crt.txt"]), files.Tls.Certificate.Chain);
        Assert.NotSame(before, files.Tls.Certificate);
        Assert.Empty(_problems);
    }

    [Fact]
    public void ContentsThatCannotBeUsed_AreSaidOnceAndNotInForce()
    {
        var files = Read();
        var before = files.Tls!.Certificate;
        _folder.Write("tls.crt.txt", "nonsense");

        files.Reread(_problems.Add);
        files.Reread(_problems.Add);

        Assert.Same(before, files.Tls.Certificate);
        Assert.Contains("what was read before stays in force", Assert.Single(_problems), StringComparison.Ordinal);
    }

    [Fact]
    public void TokenThatIsGone_StaysInForce()
    {
        var files = Read();
        File.Delete(_folder["token.txt"]);

        files.Reread(_problems.Add);

        Assert.Equal("the-first-token-of-all", files.Token);
        Assert.Single(_problems);
    }

    private ServingFiles Read() => ServingFiles.Read(_folder["tls.crt.txt"], _folder["tls.key.txt"], _folder["token.txt"]);

    private void WriteCertificate()
    {
        var (certificate, key) = SelfSigned.Create();
        _folder.Write("tls.crt.txt", certificate);
        _folder.Write("tls.key.txt", key);
    }
}
