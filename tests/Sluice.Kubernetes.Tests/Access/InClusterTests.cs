using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Tests.Support;

namespace Sluice.Kubernetes.Tests.Access;

public sealed class InClusterTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestCertificates _certificates = new();
    private readonly ManualTime _clock = new();

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("10.96.0.1", "https://10.96.0.1/")]
    [InlineData("fd00::1", "https://[fd00::1]/")]
    public async Task Load_Pod_IsLetInByItsToken(string host, string server)
    {
        Fill();

        var access = Load(host);

        Assert.Equal(new Uri(server), access.Server);
        Assert.Equal("sluice-system", access.Namespace);
        Assert.Equal("Bearer one", await KubeConfigText.AuthorizationAsync(access));
        Assert.Single(access.TrustAnchors!.Current);
    }

    [Fact]
    public async Task Load_TokenAndAuthorityReplaced_AreReadAnew()
    {
        Fill();
        var access = Load();
        using var other = new TestCertificates("other");

        _folder.Write("token", "two");
        _folder.Write("ca.crt", other.AuthorityPem);
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("Bearer two", await KubeConfigText.AuthorizationAsync(access));
        Assert.Equal("CN=other", Assert.Single(access.TrustAnchors!.Current).Subject);
    }

    [Fact]
    public void Load_WithoutNamespaceFile_IsDefault()
    {
        Fill();
        File.Delete(Path.Combine(_folder.Path, "namespace"));

        Assert.Equal("default", Load().Namespace);
    }

    [Theory]
    [InlineData("token", null, "automountServiceAccountToken")]
    [InlineData("token", "", "holds no token")]
    [InlineData("ca.crt", null, "there is no file")]
    [InlineData("ca.crt", "x", "holds no certificate")]
    public void Load_PartMissingOrWrong_IsSaid(string file, string? text, string message)
    {
        Fill();
        if (text is null)
            File.Delete(Path.Combine(_folder.Path, file));
        else
            _folder.Write(file, text);

        var error = Assert.Throws<ClusterAccessException>(() => Load());

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OutsideOfAPod_IsSaid()
    {
        var error = Assert.Throws<ClusterAccessException>(() => InCluster.Load(_folder.Path, _ => null, _clock));

        Assert.Contains("KUBERNETES_SERVICE_HOST", error.Message, StringComparison.Ordinal);
    }

    private void Fill()
    {
        _folder.Write("token", "one\n");
        _folder.Write("ca.crt", _certificates.AuthorityPem);
        _folder.Write("namespace", "sluice-system");
    }

    private ClusterAccess Load(string host = "10.96.0.1") =>
        InCluster.Load(_folder.Path, name => name switch { "KUBERNETES_SERVICE_HOST" => host, "KUBERNETES_SERVICE_PORT" => "443", _ => null }, _clock);
}
