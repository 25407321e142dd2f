using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Tests.Support;

namespace Sluice.Kubernetes.Tests.Access;

public sealed class KubeConfigTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Load_Token_IsSentAsBearer()
    {
        var access = KubeConfigText.Load(_folder, KubeConfigText.Of("token: abc", context: "{ cluster: c, user: u, namespace: infra }"));

        Assert.Equal(new Uri("https://127.0.0.1:6443"), access.Server);
        Assert.Equal("infra", access.Namespace);
        Assert.Equal("Bearer abc", await KubeConfigText.AuthorizationAsync(access));
        Assert.Null(access.TrustAnchors);
        Assert.Equal($"context x in {Path.Combine(_folder.Path, "config")}", access.Origin);
    }

    [Fact]
    public async Task Load_UserAndPassword_AreSentAsBasic()
    {
        var access = KubeConfigText.Load(_folder, KubeConfigText.Of("username: me\npassword: pa:ss"));

        Assert.Equal("Basic " + KubeConfigText.Base64("me:pa:ss"), await KubeConfigText.AuthorizationAsync(access));
    }

    [Fact]
    public async Task Load_TokenFile_IsRelativeToTheKubeconfigAndPreferred()
    {
        _folder.Write("token", "  from-file\n");

        var access = KubeConfigText.Load(_folder, KubeConfigText.Of("token: abc\ntokenFile: token"));

        Assert.Equal("Bearer from-file", await KubeConfigText.AuthorizationAsync(access));
    }

    [Fact]
    public async Task Load_ContextWithoutUser_IsAnonymous()
    {
        var access = KubeConfigText.Load(_folder, KubeConfigText.Of(context: "{ cluster: c }"));

        Assert.Null(await KubeConfigText.AuthorizationAsync(access));
        Assert.Equal("default", access.Namespace);
    }

    [Fact]
    public void Load_Json_IsReadToo()
    {
        var access = KubeConfigText.Load(_folder, """
            {"current-context":"x","contexts":[{"name":"x","context":{"cluster":"c","user":"u"}}],
             "clusters":[{"name":"c","cluster":{"server":"https://[::1]:6443/k8s/clusters/a"}}],"users":[{"name":"u","user":{}}]}
            """);

        Assert.Equal("/k8s/clusters/a", access.Server.AbsolutePath);
    }

    [Fact]
    public void Load_Aliases_AreFollowed()
    {
        var access = KubeConfigText.Load(_folder, """
            current-context: x
            contexts: [{ name: x, context: &c { cluster: c, user: u } }, { name: y, context: *c }]
            clusters: [{ name: c, cluster: { server: "https://a" } }]
            users: [{ name: u, user: { token: t } }]
            """, "y");

        Assert.Equal("a", access.Server.Host);
    }

    [Fact]
    public void Load_ClusterSettings_AreTaken()
    {
        using var certificates = new TestCertificates();
        _folder.Write("ca.pem", certificates.AuthorityPem);

        var access = KubeConfigText.Load(_folder, KubeConfigText.Of(cluster: "server: https://a:1\ntls-server-name: b\nproxy-url: socks5://127.0.0.1:1080\ncertificate-authority: ca.pem"));

        Assert.Equal("b", access.TlsServerName);
        Assert.Equal(new Uri("socks5://127.0.0.1:1080"), access.Proxy);
        Assert.False(access.InsecureSkipTlsVerify);
        Assert.Equal(certificates.Authority.Thumbprint, Assert.Single(access.TrustAnchors!.Current).Thumbprint);
    }

    [Fact]
    public void Load_Impersonation_BecomesHeaders()
    {
        var access = KubeConfigText.Load(_folder, KubeConfigText.Of("""
            token: t
            as: jane
            as-uid: "7"
            as-groups: [dev]
            as-user-extra: { acme.com/project: [a] }
            """));

        Assert.Equal(
            ["Impersonate-User: jane", "Impersonate-Uid: 7", "Impersonate-Group: dev", "Impersonate-Extra-acme.com%2Fproject: a"],
            access.Headers.Select(header => $"{header.Key}: {header.Value}"));
    }

    [Fact]
    public async Task Load_SeveralFiles_AreMergedAndTheFirstWins()
    {
        var one = _folder.Write("one", """
            contexts: [{ name: x, context: { cluster: c, user: u } }]
            users: [{ name: u, user: { token: first } }]
            """);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "sub"));
        var two = _folder.Write("sub/two", """
            current-context: x
            contexts: [{ name: x, context: { cluster: other, user: u } }]
            clusters: [{ name: c, cluster: { server: "https://two", certificate-authority: ca.pem } }]
            users: [{ name: u, user: { token: second } }]
            """);
        using var certificates = new TestCertificates();
        _folder.Write("sub/ca.pem", certificates.AuthorityPem);
        var missing = Path.Combine(_folder.Path, "missing");

        var access = KubeConfig.Load(null, null, name => name == "KUBECONFIG" ? $"{one}:{missing}::{two}" : null, TimeProvider.System);

        Assert.Equal("two", access.Server.Host);
        Assert.Equal("Bearer first", await KubeConfigText.AuthorizationAsync(access));
        Assert.NotNull(access.TrustAnchors);
    }

    [Fact]
    public void Load_NothingSaid_IsTheFileInHome()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".kube"));
        _folder.Write(".kube/config", KubeConfigText.Of());
        string? Home(string name) => name == "HOME" ? _folder.Path : null;

        Assert.True(KubeConfig.Exists(Home));
        Assert.Equal("127.0.0.1", KubeConfig.Load(null, null, Home, TimeProvider.System).Server.Host);
    }

    [Fact]
    public async Task TokenFile_Replaced_IsReadAnewAfterAMinuteOrARefusal()
    {
        var clock = new ManualTime();
        var file = _folder.Write("token", "one");
        var access = KubeConfigText.Load(_folder, KubeConfigText.Of("tokenFile: token"), clock: clock);
        Assert.Equal("Bearer one", await KubeConfigText.AuthorizationAsync(access));

        File.WriteAllText(file, "two");
        Assert.Equal("Bearer one", await KubeConfigText.AuthorizationAsync(access));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Bearer two", await KubeConfigText.AuthorizationAsync(access));
        File.WriteAllText(file, "three");
        access.Credentials.Reject(await access.Credentials.GetAsync(TestContext.Current.CancellationToken));

        Assert.Equal("Bearer three", await KubeConfigText.AuthorizationAsync(access));
    }

    [Fact]
    public async Task TokenFile_GoneForAMoment_LeavesTheLastTokenInUse()
    {
        var clock = new ManualTime();
        var file = _folder.Write("token", "one");
        var access = KubeConfigText.Load(_folder, KubeConfigText.Of("tokenFile: token"), clock: clock);
        Assert.Equal("Bearer one", await KubeConfigText.AuthorizationAsync(access));

        File.Delete(file);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("Bearer one", await KubeConfigText.AuthorizationAsync(access));
        File.WriteAllText(file, "two");

        Assert.Equal("Bearer two", await KubeConfigText.AuthorizationAsync(access));
    }

    [Fact]
    public async Task ClientCertificateFiles_Replaced_AreANewCertificate()
    {
        var clock = new ManualTime();
        using var certificates = new TestCertificates();
        Write(certificates.Client("one"));
        var access = KubeConfigText.Load(_folder, KubeConfigText.Of("client-certificate: c.pem\nclient-key: k.pem"), clock: clock);
        var first = await access.Credentials.GetAsync(TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Same(first, await access.Credentials.GetAsync(TestContext.Current.CancellationToken));
        Write(certificates.Client("two"));
        clock.Advance(TimeSpan.FromMinutes(2));

        var second = await access.Credentials.GetAsync(TestContext.Current.CancellationToken);
        Assert.Equal("CN=one", first.Certificate!.TargetCertificate.Subject);
        Assert.Equal("CN=two", second.Certificate!.TargetCertificate.Subject);

        void Write((string Certificate, string Key) pair)
        {
            _folder.Write("c.pem", pair.Certificate);
            _folder.Write("k.pem", pair.Key);
        }
    }
}
