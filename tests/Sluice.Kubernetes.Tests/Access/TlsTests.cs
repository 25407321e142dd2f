using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Tests.Support;

namespace Sluice.Kubernetes.Tests.Access;

/// <summary>Who is believed to be the API server, and who we are to it.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task Connect_CertificateOfTheAuthority_IsHttp2()
    {
        await using var server = await FakeApiServer.StartAsync(_certificates.Server());
        using var client = Client(server, _certificates.AuthorityPem);

        await client.ListAsync(ApiResources.Gateways, cancellation: Cancellation);

        Assert.Equal("HTTP/2", Assert.Single(server.Requests).Protocol);
    }

    [Fact]
    public async Task Connect_CertificateOfAnotherAuthority_IsRefused()
    {
        using var other = new TestCertificates("other");
        await using var server = await FakeApiServer.StartAsync(_certificates.Server());
        using var client = Client(server, other.AuthorityPem);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.ListAsync(ApiResources.Gateways, cancellation: Cancellation));

        Assert.Equal(ApiException.Unreachable, error.Reason);
        Assert.Contains("is not signed by the certificate authority that the access names", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Connect_NoAuthorityGiven_TrustsTheSystemOnly()
    {
        await using var server = await FakeApiServer.StartAsync(_certificates.Server());
        using var client = new KubernetesClient(server.Access);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.ListAsync(ApiResources.Gateways, cancellation: Cancellation));

        Assert.Contains("no authority that this system trusts", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_InsecureSkipTlsVerify_TakesAnyCertificate()
    {
        await using var server = await FakeApiServer.StartAsync(_certificates.Server("elsewhere.example"));
        using var client = new KubernetesClient(new ClusterAccess { Server = server.Uri, InsecureSkipTlsVerify = true });

        await client.ListAsync(ApiResources.Gateways, cancellation: Cancellation);
    }

    [Fact]
    public async Task Connect_CertificateForAnotherName_IsRefusedUnlessItIsExpected()
    {
        await using var server = await FakeApiServer.StartAsync(_certificates.Server("api.example"));
        using var client = Client(server, _certificates.AuthorityPem);
        using var named = Client(server, _certificates.AuthorityPem, "api.example");
        using var wronglyNamed = Client(server, _certificates.AuthorityPem, "other.example");

        var error = await Assert.ThrowsAsync<ApiException>(() => client.ListAsync(ApiResources.Gateways, cancellation: Cancellation));
        await Assert.ThrowsAsync<ApiException>(() => wronglyNamed.ListAsync(ApiResources.Gateways, cancellation: Cancellation));
        await named.ListAsync(ApiResources.Gateways, cancellation: Cancellation);

        Assert.Contains("is not for 127.0.0.1", error.Message, StringComparison.Ordinal);
        Assert.Contains("tls-server-name", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connect_AnchorIsAnIntermediateAuthority_IsTrusted()
    {
        using var intermediate = _certificates.Intermediate("intermediate");
        await using var server = await FakeApiServer.StartAsync(intermediate.Server());
        using var client = Client(server, intermediate.AuthorityPem);

        await client.ListAsync(ApiResources.Gateways, cancellation: Cancellation);
    }

    [Fact]
    public async Task Connect_AnchorIsTheServersOwnCertificate_IsTrusted()
    {
        var certificate = _certificates.Server();
        await using var server = await FakeApiServer.StartAsync(certificate);
        using var client = Client(server, certificate.ExportCertificatePem());

        await client.ListAsync(ApiResources.Gateways, cancellation: Cancellation);
    }

    [Fact]
    public async Task Connect_SameNameAsTheAuthorityButAnotherKey_IsRefused()
    {
        using var impostor = new TestCertificates();
        await using var server = await FakeApiServer.StartAsync(impostor.Server());
        using var client = Client(server, _certificates.AuthorityPem);

        await Assert.ThrowsAsync<ApiException>(() => client.ListAsync(ApiResources.Gateways, cancellation: Cancellation));
    }

    [Fact]
    public async Task Connect_ClientCertificate_IsShownAndANewOneTakesOver()
    {
        await using var server = await FakeApiServer.StartAsync(_certificates.Server(), ClientCertificateMode.RequireCertificate);
        var source = new Rotating(Certificate("one"));
        using var client = new KubernetesClient(new ClusterAccess { Server = server.Uri, TrustAnchors = TrustAnchors.OfPem(_certificates.AuthorityPem, "ca"), Credentials = source });

        await client.ListAsync(ApiResources.Gateways, cancellation: Cancellation);
        source.Current = Certificate("two");
        await client.ListAsync(ApiResources.Gateways, cancellation: Cancellation);
        source.Current = Certificate("three");
        await client.ListAsync(ApiResources.Gateways, cancellation: Cancellation);

        Assert.Equal(["CN=one", "CN=two", "CN=three"], server.Requests.Select(request => request.ClientCertificate));
    }

    [Fact]
    public async Task Request_TokenRefused_IsRepeatedOnceWithAFreshOne()
    {
        using var folder = new TempFolder();
        folder.Write("token", "old");
        await using var server = await FakeApiServer.StartAsync();
        server.Always = async (context, request) =>
        {
            if (request.Headers.Authorization == "Bearer new")
                return false;
            await FakeOperations.StatusAsync(context, 401, "Unauthorized", "Unauthorized");
            return true;
        };
        var access = KubeConfigText.Load(folder, KubeConfigText.Of("tokenFile: token", $"server: {server.Uri}"));
        using var client = new KubernetesClient(access);
        var error = await Assert.ThrowsAsync<ApiException>(() => client.ListAsync(ApiResources.Gateways, cancellation: Cancellation));
        Assert.True(error.IsDenied);
        Assert.Equal(2, server.Requests.Count);

        folder.Write("token", "new");
        await client.ListAsync(ApiResources.Gateways, cancellation: Cancellation);

        Assert.Equal(["Bearer old", "Bearer old", "Bearer old", "Bearer new"], server.Requests.Select(request => (string?)request.Headers.Authorization).TakeLast(4));
    }

    [Fact]
    public async Task Request_CredentialsCannotBeHad_IsAnErrorOfItsOwn()
    {
        using var folder = new TempFolder();
        await using var server = await FakeApiServer.StartAsync();
        var access = KubeConfigText.Load(folder, KubeConfigText.Of("exec: { apiVersion: client.authentication.k8s.io/v1, command: ./nowhere, interactiveMode: Never }", $"server: {server.Uri}"));
        using var client = new KubernetesClient(access);

        var error = await Assert.ThrowsAsync<ApiException>(() => client.ListAsync(ApiResources.Gateways, cancellation: Cancellation));

        Assert.Equal(ApiException.NoCredentials, error.Reason);
        Assert.Contains("nowhere: there is no such program", error.Message, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Request_ServerWithAPath_KeepsIt()
    {
        await using var server = await FakeApiServer.StartAsync();
        using var client = new KubernetesClient(new ClusterAccess { Server = new Uri(server.Uri, "/k8s/clusters/a/") });
        server.Always = (_, _) => Task.FromResult(true);

        await client.GetPathAsync("/version", Cancellation);

        Assert.Equal("/k8s/clusters/a/version", Assert.Single(server.Requests).Path);
    }

    [Fact]
    public async Task Request_Impersonation_IsSent()
    {
        await using var server = await FakeApiServer.StartAsync();
        using var client = new KubernetesClient(new ClusterAccess { Server = server.Uri, Headers = [new("Impersonate-User", "jane"), new("Impersonate-Group", "a")] });

        await client.ListAsync(ApiResources.Gateways, cancellation: Cancellation);

        var headers = Assert.Single(server.Requests).Headers;
        Assert.Equal("jane", (string?)headers["Impersonate-User"]);
        Assert.Equal("a", (string?)headers["Impersonate-Group"]);
    }

    private static KubernetesClient Client(FakeApiServer server, string authority, string? name = null) =>
        new(new ClusterAccess { Server = server.Uri, TrustAnchors = TrustAnchors.OfPem(authority, "ca"), TlsServerName = name });

    private Credential Certificate(string name)
    {
        var (certificate, key) = _certificates.Client(name);
        return new Credential(null, SslStreamCertificateContext.Create(X509Certificate2.CreateFromPem(certificate, key), null, offline: true));
    }

    private sealed class Rotating(Credential first) : ICredentialSource
    {
        public Credential Current { get; set; } = first;

        public ValueTask<Credential> GetAsync(CancellationToken cancellation) => ValueTask.FromResult(Current);

        public void Reject(Credential credential)
        {
        }
    }
}
