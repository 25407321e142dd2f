using System.Text.Json.Nodes;
using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Tests.Support;

namespace Sluice.Kubernetes.Tests.Access;

public sealed class ExecCredentialsTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _clock = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("v1")]
    [InlineData("v1beta1")]
    public async Task Get_Token_IsAskedForOnceUntilItExpires(string version)
    {
        // Each run gives the number of lines in a file, which grows by one each time.
        _folder.WriteScript("plugin", $$$"""
            echo run >> "$(dirname "$0")/runs"
            n=$(wc -l < "$(dirname "$0")/runs")
            echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/{{{version}}}","status":{"token":"t'$n'","expirationTimestamp":"2026-03-02T09:10:00Z"}}'
            """);
        var access = Load(version);

        Assert.Equal("Bearer t1", await KubeConfigText.AuthorizationAsync(access));
        _clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal("Bearer t1", await KubeConfigText.AuthorizationAsync(access));
        _clock.Advance(TimeSpan.FromSeconds(51));

        Assert.Equal("Bearer t2", await KubeConfigText.AuthorizationAsync(access));
    }

    [Fact]
    public async Task Get_RefusedToken_IsAskedForAnew()
    {
        _folder.WriteScript("plugin", """
            echo run >> "$(dirname "$0")/runs"
            echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t'$(wc -l < "$(dirname "$0")/runs")'"}}'
            """);
        var access = Load();
        var first = await access.Credentials.GetAsync(TestContext.Current.CancellationToken);

        access.Credentials.Reject(first);
        Assert.Equal("Bearer t2", await KubeConfigText.AuthorizationAsync(access));
        access.Credentials.Reject(first);

        Assert.Equal("Bearer t2", await KubeConfigText.AuthorizationAsync(access));
    }

    [Fact]
    public async Task Get_ManyAtOnce_RunsThePluginOnce()
    {
        _folder.WriteScript("plugin", """
            echo run >> "$(dirname "$0")/runs"
            echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}}'
            """);
        var access = Load();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => KubeConfigText.AuthorizationAsync(access)));

        Assert.Single(File.ReadAllLines(Path.Combine(_folder.Path, "runs")));
    }

    [Fact]
    public async Task Get_ClientCertificate_IsGiven()
    {
        using var certificates = new TestCertificates();
        var (certificate, key) = certificates.Client("jane");
        _folder.Write("answer", new JsonObject
        {
            ["kind"] = "ExecCredential",
            ["apiVersion"] = "client.authentication.k8s.io/v1",
            ["status"] = new JsonObject { ["clientCertificateData"] = certificate, ["clientKeyData"] = key },
        }.ToJsonString());
        _folder.WriteScript("plugin", "cat \"$(dirname \"$0\")/answer\"");

        var credential = await Load().Credentials.GetAsync(TestContext.Current.CancellationToken);

        Assert.Null(credential.Authorization);
        Assert.Equal("CN=jane", credential.Certificate!.TargetCertificate.Subject);
    }

    [Fact]
    public async Task Get_PluginIsTold_ArgumentsEnvironmentAndCluster()
    {
        _folder.WriteScript("plugin", """
            echo "$KUBERNETES_EXEC_INFO" > "$(dirname "$0")/info"
            echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"'$1-$COLOR'"}}'
            """);
        using var certificates = new TestCertificates();
        var access = Load(
            more: "args: [first]\n  env: [{ name: COLOR, value: blue }]\n  provideClusterInfo: true",
            cluster: $"server: https://a:6443/\ntls-server-name: b\ncertificate-authority-data: {KubeConfigText.Base64(certificates.AuthorityPem)}\nextensions: [{{ name: client.authentication.k8s.io/exec, extension: {{ audience: x, n: 7, on: true, list: [1.5, ~, 'true'] }} }}]");

        Assert.Equal("Bearer first-blue", await KubeConfigText.AuthorizationAsync(access));

        var info = JsonNode.Parse(File.ReadAllText(Path.Combine(_folder.Path, "info")))!;
        Assert.Equal("client.authentication.k8s.io/v1", (string?)info["apiVersion"]);
        Assert.False((bool)info["spec"]!["interactive"]!);
        var cluster = info["spec"]!["cluster"]!;
        Assert.Equal("https://a:6443", (string?)cluster["server"]);
        Assert.Equal("b", (string?)cluster["tls-server-name"]);
        Assert.Equal(KubeConfigText.Base64(certificates.AuthorityPem), (string?)cluster["certificate-authority-data"]);
        Assert.Equal("""{"audience":"x","n":7,"on":true,"list":[1.5,null,"true"]}""", cluster["config"]!.ToJsonString());
    }

    [Fact]
    public async Task Get_PluginIsNotTheWorkingDirectorysOne_ButOneOfPath()
    {
        var text = KubeConfigText.Of("exec: { apiVersion: client.authentication.k8s.io/v1, command: sluice-no-such-plugin, interactiveMode: Never, installHint: Install it from the shop. }");

        var error = await Assert.ThrowsAsync<ClusterAccessException>(() => KubeConfigText.AuthorizationAsync(KubeConfigText.Load(_folder, text)));

        Assert.Contains("sluice-no-such-plugin: there is no such program in PATH", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Install it from the shop.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("echo s3cr3t; echo 'log in first' >&2; exit 3", "plugin failed with exit code 3: log in first")]
    [InlineData("echo s3cr3t", "is not valid JSON")]
    [InlineData("true", "is not valid JSON")]
    [InlineData("""echo '{"kind":"Pod"}'""", "is no ExecCredential")]
    [InlineData("""echo '["s3cr3t"]'""", "is no ExecCredential")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"s3cr3t"}}'""", "but client.authentication.k8s.io/v1 was asked for")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1"}'""", "has no status")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{}}'""", "has neither status.token nor status.clientCertificateData")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":7}}'""", "token must be a string")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"s3cr3t s3cr3t"}}'""", "status.token holds no token")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"s3cr3t","expirationTimestamp":"soon"}}'""", "no RFC 3339 time")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"clientCertificateData":"s3cr3t"}}'""", "must have both status.clientCertificateData and status.clientKeyData")]
    [InlineData("""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"clientCertificateData":"s3cr3t","clientKeyData":"s3cr3t"}}'""", "status.clientCertificateData holds no certificate in PEM")]
    [InlineData("head -c 2000000 /dev/zero", "printed more than 1 MiB")]
    public async Task Get_PluginFails_SaysHowWithoutItsOutput(string script, string message)
    {
        _folder.WriteScript("plugin", script);

        var error = await Assert.ThrowsAsync<ClusterAccessException>(() => KubeConfigText.AuthorizationAsync(Load()));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("users[name=u].user.exec", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PluginThatHangs_IsEnded()
    {
        var path = _folder.WriteScript("plugin", "exec sleep 600");
        var plugin = Plugin(path) with { Timeout = TimeSpan.FromMilliseconds(200) };

        var error = await Assert.ThrowsAsync<ClusterAccessException>(
            async () => await new ExecCredentials(plugin, _ => null, _clock).GetAsync(TestContext.Current.CancellationToken));

        Assert.Contains("did not finish within 0.2 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_PluginThatIsNoProgram_CannotBeStarted()
    {
        var plugin = Plugin(_folder.Write("plugin", "not executable"));

        var error = await Assert.ThrowsAsync<ClusterAccessException>(
            async () => await new ExecCredentials(plugin, _ => null, _clock).GetAsync(TestContext.Current.CancellationToken));

        Assert.Contains("cannot be started", error.Message, StringComparison.Ordinal);
    }

    private static ExecPlugin Plugin(string command) => new()
    {
        ApiVersion = "client.authentication.k8s.io/v1",
        Command = command,
        Arguments = [],
        Environment = [],
        InstallHint = null,
        ClusterJson = null,
        InteractiveMode = "Never",
        Purpose = "exec",
    };

    private ClusterAccess Load(string version = "v1", string more = "args: []", string cluster = "server: https://a") => KubeConfigText.Load(
        _folder,
        KubeConfigText.Of($"exec:\n  apiVersion: client.authentication.k8s.io/{version}\n  command: ./plugin\n  interactiveMode: Never\n  {more}", cluster),
        clock: _clock);
}
