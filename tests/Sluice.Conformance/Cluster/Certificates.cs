using System.Text;
using System.Text.Json.Nodes;

namespace Sluice.Conformance.Cluster;

/// <summary>
/// The Secrets and ConfigMaps that the suite makes up before its tests, because no certificate can be written into a manifest.
/// Made once for a process: keys take their time.
/// </summary>
internal static class Certificates
{
    private static readonly Lazy<IReadOnlyList<JsonObject>> Made = new(Make);

    public static IReadOnlyList<JsonObject> Documents => [.. Made.Value.Select(document => (JsonObject)document.DeepClone())];

    private static IReadOnlyList<JsonObject> Make()
    {
        using var checks = new CertificateAuthority();
        using var validity = new CertificateAuthority();
        using var perPort = new CertificateAuthority();
        using var mismatch = new CertificateAuthority();
        using var web = new CertificateAuthority();
        var passthrough = checks.SignServer("abc.example.com");
        return
        [
            Secret(TestRun.Web, "certificate", CertificateAuthority.SelfSigned("example.org")),
            Secret(TestRun.Infra, "tls-validity-checks-certificate", CertificateAuthority.SelfSigned("*.org", "*.wildcard.org", "*")),
            Authority(TestRun.Infra, "tls-checks-ca-certificate", checks),
            Secret(TestRun.Infra, "tls-checks-certificate", checks.SignServer("abc.example.com", "other.example.com", "spiffe://abc.example.com/test-identity")),
            Secret(TestRun.Infra, "tls-checks-client-certificate", checks.SignClient()),
            Secret(TestRun.Infra, "tls-passthrough-checks-certificate", passthrough),
            Secret(TestRun.App, "tls-passthrough-checks-certificate", passthrough),
            Secret(TestRun.Infra, "tls-terminate-checks-certificate", checks.SignServer("tls.example.com")),
            Authority(TestRun.Infra, "tls-validity-checks-ca-certificate", validity),
            Secret(TestRun.Infra, "tls-validity-checks-client-certificate", validity.SignClient()),
            Authority(TestRun.Infra, "tls-validity-checks-per-port-ca-certificate", perPort),
            Secret(TestRun.Infra, "tls-validity-checks-per-port-client-certificate", perPort.SignClient()),
            Authority(TestRun.Infra, "mismatch-ca-certificate", mismatch),
            Authority(TestRun.Web, "web-backend-cm", web),
        ];
    }

    private static JsonObject Secret(string space, string name, (string Certificate, string Key) pair) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space },
        ["type"] = "kubernetes.io/tls",
        ["data"] = new JsonObject { ["tls.crt"] = Base64(pair.Certificate), ["tls.key"] = Base64(pair.Key) },
    };

    private static JsonObject Authority(string space, string name, CertificateAuthority authority) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = space },
        ["data"] = new JsonObject { ["ca.crt"] = authority.Certificate, ["key.crt"] = authority.Key },
    };

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));
}
