using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Tests.Support;

namespace Sluice.Kubernetes.Tests.Access;

/// <summary>A kubeconfig that is wrong in each of its parts. "FILE" stands for its path.</summary>
public sealed class KubeConfigErrorTests : IDisposable
{
    private const string Secret = "s3cr3t";

    private readonly TempFolder _folder = new();
    private readonly TestCertificates _certificates = new();

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("", "FILE: the kubeconfig is empty")]
    [InlineData("# nothing", "FILE: the kubeconfig is empty")]
    [InlineData("- a", "FILE:1: the kubeconfig must be a mapping with clusters, users and contexts")]
    [InlineData("hello", "FILE:1: the kubeconfig must be a mapping with clusters, users and contexts")]
    [InlineData("a: [", "FILE:*: not valid YAML*")]
    [InlineData("a: 1\na: 2", "FILE:2: the field a is there twice")]
    [InlineData("a: 1\n---\nb: 1", "FILE:2: a kubeconfig is one document, but a second one begins here")]
    [InlineData("[a]: 1", "FILE:1: the name of a field must be a string")]
    [InlineData("a: *b", "FILE:1: *")]
    [InlineData("clusters: {}", "FILE: there is no current-context; name one of: none")]
    [InlineData("current-context: [a]", "FILE:1: current-context must be a string")]
    [InlineData("current-context: y\ncontexts: [{ name: x, context: {} }, { name: z, context: {} }]", "FILE: there is no context \"y\"; there are: x, z")]
    [InlineData("current-context: x\ncontexts: x", "FILE:2: contexts must be a list")]
    [InlineData("current-context: x\ncontexts:\n- context: {}", "FILE:3: contexts[0] has no name")]
    [InlineData("current-context: x\ncontexts:\n- hello", "FILE:3: contexts[0] must be a mapping with the field name")]
    [InlineData("current-context: x\ncontexts:\n- name: x", "FILE:3: contexts[name=x] has no context")]
    [InlineData("current-context: x\ncontexts:\n- name: x\n  context: y", "FILE:4: contexts[name=x].context must be a mapping")]
    [InlineData("current-context: x\ncontexts:\n- name: x\n  context: {}", "FILE:4: contexts[name=x].context names no cluster")]
    public void Load_FileOrContextWrong_SaysWhereAndWhat(string text, string message) => Check(text, message);

    [Theory]
    [InlineData("{ cluster: d, user: u }", "FILE:6: contexts[name=x].context.cluster names the cluster \"d\", which does not exist; there are: c")]
    [InlineData("{ cluster: c, user: v }", "FILE:6: contexts[name=x].context.user names the user \"v\", which does not exist; there are: u")]
    [InlineData("{ cluster: { a: b }, user: u }", "FILE:6: contexts[name=x].context.cluster must be a string")]
    [InlineData("{ cluster: c, user: u, namespace: [] }", "FILE:6: contexts[name=x].context.namespace must be a string")]
    public void Load_ContextPointsToNothing_SaysWhatThereIs(string context, string message) => Check(KubeConfigText.Of(context: context), message);

    [Theory]
    [InlineData("{}", "FILE:10: clusters[name=c].cluster has no server: the address of the API server, such as https://10.0.0.1:6443")]
    [InlineData("server: 'https://'", "FILE:10: clusters[name=c].cluster.server is no URL*")]
    [InlineData("server: 'https://a:b'", "FILE:10: clusters[name=c].cluster.server is no URL*")]
    [InlineData("server: ftp://a", "FILE:10: clusters[name=c].cluster.server is no address of an API server: it must begin with https:// or http://")]
    [InlineData("server: https://me:s3cr3t@a", "FILE:10: clusters[name=c].cluster.server is no address of an API server: it must not hold a user or password*")]
    [InlineData("server: https://a?x", "FILE:10: clusters[name=c].cluster.server is no address*query*")]
    [InlineData("server: https://a\ninsecure-skip-tls-verify: 'true'", "FILE:11: clusters[name=c].cluster.insecure-skip-tls-verify must be true or false, without quotes")]
    [InlineData("server: https://a\ninsecure-skip-tls-verify: true\ncertificate-authority: x", "FILE:11: clusters[name=c].cluster.insecure-skip-tls-verify must not be true when*")]
    [InlineData("server: https://a\ncertificate-authority: nowhere.pem", "FILE:11: clusters[name=c].cluster.certificate-authority: there is no file *nowhere.pem")]
    [InlineData("server: https://a\ncertificate-authority: .", "FILE:11: clusters[name=c].cluster.certificate-authority: * cannot be read: *")]
    [InlineData("server: https://a\ncertificate-authority-data: '*'", "FILE:11: clusters[name=c].cluster.certificate-authority-data is not valid base64*")]
    [InlineData("server: https://a\ncertificate-authority-data: aGVsbG8=", "FILE:11: clusters[name=c].cluster.certificate-authority-data holds no certificate in PEM*")]
    [InlineData("server: https://a\ncertificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCkFBQUEKLS0tLS1FTkQgQ0VSVElGSUNBVEUtLS0tLQo=", "FILE:11: clusters[name=c].cluster.certificate-authority-data: a certificate in it is broken")]
    [InlineData("server: https://a\nproxy-url: ':'", "FILE:11: clusters[name=c].cluster.proxy-url is no URL of a proxy*")]
    [InlineData("server: https://a\nproxy-url: ftp://a", "FILE:11: clusters[name=c].cluster.proxy-url is no URL of a proxy*")]
    public void Load_ClusterWrong_SaysWhereAndWhat(string cluster, string message) => Check(KubeConfigText.Of(cluster: cluster), message);

    [Theory]
    [InlineData("token: 's3cr3t s3cr3t'", "FILE:14: users[name=u].user.token is no token*")]
    [InlineData("token: ' '", "FILE:14: users[name=u].user.token is no token*")]
    [InlineData("token: [s3cr3t]", "FILE:14: users[name=u].user.token must be a string")]
    [InlineData("tokenFile: nowhere", "FILE: users[name=u].user.tokenFile: there is no file *nowhere")]
    [InlineData("tokenFile: empty", "FILE: users[name=u].user.tokenFile: the file *empty holds no token: it is empty")]
    [InlineData("username: me", "FILE:14: users[name=u].user.username has no password beside it")]
    [InlineData("username: 'm:e'\npassword: s3cr3t", "FILE:14: users[name=u].user.username must not hold a colon*")]
    [InlineData("token: s3cr3t\nusername: me\npassword: s3cr3t", "FILE:15: users[name=u].user.username stands beside a token*")]
    [InlineData("auth-provider: { name: gcp }", "FILE:14: users[name=u].user.auth-provider is not supported*use exec*")]
    [InlineData("client-key-data: czNjcjN0", "FILE:14: users[name=u].user has a client-key, but no client-certificate*")]
    [InlineData("client-certificate-data: aGVsbG8=", "FILE:14: users[name=u].user has a client-certificate, but no client-key*")]
    [InlineData("client-certificate: nowhere.pem\nclient-key: nowhere.pem", "FILE:14: users[name=u].user.client-certificate: there is no file *nowhere.pem")]
    [InlineData("client-certificate-data: '%'\nclient-key-data: czNjcjN0", "FILE:14: users[name=u].user.client-certificate-data is not valid base64*")]
    [InlineData("client-certificate-data: aGVsbG8=\nclient-key-data: czNjcjN0", "FILE:14: users[name=u].user.client-certificate-data holds no certificate in PEM*")]
    [InlineData("as-groups: [a]", "FILE:14: users[name=u].user has as-uid, as-groups or as-user-extra, but not as*")]
    [InlineData("as: \"a\\nb\"", "FILE:14: users[name=u].user.as must have printable ASCII characters only")]
    [InlineData("as: a\nas-groups: [b, c]", "FILE:15: users[name=u].user.as-groups has more than one value, which is not supported")]
    [InlineData("as: a\nas-groups: [[b]]", "FILE:15: users[name=u].user.as-groups[0] must be a string")]
    public void Load_UserWrong_SaysWhereAndWhatWithoutSecrets(string user, string message)
    {
        _folder.Write("empty", "\n");
        Check(KubeConfigText.Of(user), message);
    }

    [Theory]
    [InlineData("exec: x", "FILE:14: users[name=u].user.exec must be a mapping")]
    [InlineData("exec: { command: x }", "FILE:14: users[name=u].user.exec has no apiVersion: *")]
    [InlineData("exec: { apiVersion: client.authentication.k8s.io/v1alpha1, command: x }", "FILE:14: users[name=u].user.exec.apiVersion is \"client.authentication.k8s.io/v1alpha1\": only*")]
    [InlineData("exec: { apiVersion: client.authentication.k8s.io/v1beta1 }", "FILE:14: users[name=u].user.exec has no command*")]
    [InlineData("exec: { apiVersion: client.authentication.k8s.io/v1, command: x }", "FILE:14: users[name=u].user.exec has no interactiveMode*")]
    [InlineData("exec: { apiVersion: client.authentication.k8s.io/v1, command: x, interactiveMode: Maybe }", "FILE:14: users[name=u].user.exec.interactiveMode is \"Maybe\"*")]
    [InlineData("exec: { apiVersion: client.authentication.k8s.io/v1beta1, command: x, args: x }", "FILE:14: users[name=u].user.exec.args must be a list")]
    [InlineData("exec: { apiVersion: client.authentication.k8s.io/v1beta1, command: x, env: [{ value: x }] }", "FILE:14: users[name=u].user.exec.env[0] has no name")]
    [InlineData("exec: { apiVersion: client.authentication.k8s.io/v1beta1, command: x, env: [{ name: a=b }] }", "FILE:14: users[name=u].user.exec.env[0].name must not hold an equals sign")]
    [InlineData("exec: { apiVersion: client.authentication.k8s.io/v1beta1, command: x }\ntoken: s3cr3t", "FILE:14: users[name=u].user.exec stands beside a token*")]
    public void Load_ExecWrong_SaysWhereAndWhat(string user, string message) => Check(KubeConfigText.Of(user), message);

    [Fact]
    public void Load_KeyOfAnotherCertificate_IsSaid()
    {
        var one = _certificates.Client("one");
        var other = _certificates.Client("other");

        Check(
            KubeConfigText.Of($"client-certificate-data: {KubeConfigText.Base64(one.Certificate)}\nclient-key-data: {KubeConfigText.Base64(other.Key)}"),
            "FILE:14: users[name=u].user.client-key-data: the key is broken, or does not belong to the certificate in users[name=u].user.client-certificate-data");
    }

    [Theory]
    [InlineData("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----", "*client-key-data: the key is encrypted with a password*")]
    [InlineData("hello", "*client-key-data holds no private key in PEM*")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "*client-key-data: the key is broken*")]
    public void Load_KeyWrong_IsSaid(string key, string message) => Check(
        KubeConfigText.Of($"client-certificate-data: {KubeConfigText.Base64(_certificates.Client("one").Certificate)}\nclient-key-data: {KubeConfigText.Base64(key)}"),
        message);

    [Fact]
    public void Load_DeepNesting_IsRefused() => Check(new string('[', 100_000), "FILE:1: more than 64 levels of mappings and lists inside each other");

    [Fact]
    public void Load_HugeFile_IsRefused() => Check(new string('#', (1 << 20) + 1), "kubeconfig: the file FILE has more than 1 MiB");

    [Fact]
    public void Load_ContextAskedForIsMissing_SaysWhatThereIs()
    {
        var error = Assert.Throws<ClusterAccessException>(() => KubeConfigText.Load(_folder, KubeConfigText.Of(), "y"));

        Assert.EndsWith("there is no context \"y\"; there are: x", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoFile_SaysWhichWasLookedFor()
    {
        var missing = Path.Combine(_folder.Path, "missing");

        Assert.Equal($"kubeconfig: there is no file {missing}", Assert.Throws<ClusterAccessException>(() => KubeConfig.Load(missing)).Message);
        Assert.Equal(
            $"KUBECONFIG names no file that exists: {missing}",
            Assert.Throws<ClusterAccessException>(() => KubeConfig.Load(null, null, name => name == "KUBECONFIG" ? missing : null, TimeProvider.System)).Message);
        Assert.Equal(
            $"kubeconfig: there is no file {_folder.Path}/.kube/config",
            Assert.Throws<ClusterAccessException>(() => KubeConfig.Load(null, null, name => name == "HOME" ? _folder.Path : null, TimeProvider.System)).Message);
    }

    /// <summary>The message is this one, with anything for a star, and holds no secret.</summary>
    private void Check(string text, string message)
    {
        var error = Assert.Throws<ClusterAccessException>(() => KubeConfigText.Load(_folder, text));

        var pattern = string.Join(".*", message.Replace("FILE", Path.Combine(_folder.Path, "config"), StringComparison.Ordinal).Split('*').Select(System.Text.RegularExpressions.Regex.Escape));
        Assert.Matches($"^{pattern}$", error.Message);
        Assert.DoesNotContain(Secret, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("czNjcjN0", error.Message, StringComparison.Ordinal);
    }
}
