using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sluice.Conformance.Cluster;

namespace Sluice.Conformance;

/// <content>The suite's certificates, as its clients need them.</content>
internal sealed partial class Rig
{
    private readonly ConcurrentDictionary<ObjectKey, X509Certificate2> _certificates = new();

    /// <summary>What HTTPS listeners of the suite have, and clients trust.</summary>
    public X509Certificate2 ServerCertificate => Certificate("tls-validity-checks-certificate");

    /// <summary>The certificate and key of a Secret in the suite's first namespace.</summary>
    public X509Certificate2 Certificate(string secret) => _certificates.GetOrAdd(
        new ObjectKey("Secret", TestRun.Infra, secret),
        key => X509Certificate2.CreateFromPem(Pem(key, "tls.crt"), Pem(key, "tls.key")));

    /// <summary>The authority of a ConfigMap in the suite's first namespace.</summary>
    public X509Certificate2 Authority(string configMap) => _certificates.GetOrAdd(
        new ObjectKey("ConfigMap", TestRun.Infra, configMap),
        key => X509Certificate2.CreateFromPem(Item(key, "ca.crt")));

    private string Pem(ObjectKey secret, string item) => Encoding.ASCII.GetString(Convert.FromBase64String(Item(secret, item)));

    private string Item(ObjectKey key, string item) =>
        Objects.Find(key)?["data"]?[item]?.GetValue<string>() ?? throw new ConformanceException($"{key} has no {item}");
}
