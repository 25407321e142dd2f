using System.Text;
using Sluice.Resources;
using Sluice.Resources.Core;

namespace Sluice.Controller.DevTls;

/// <summary>A certificate that stands in for a missing Secret.</summary>
internal sealed class DevCertificate(WantedCertificate wanted, string chain, string key, DateTimeOffset notAfter, string authorityFile)
{
    /// <summary>What it was issued for.</summary>
    public WantedCertificate For { get; } = wanted;

    public DateTimeOffset NotAfter { get; } = notAfter;

    /// <summary>What clients have to trust.</summary>
    public string AuthorityFile { get; } = authorityFile;

    /// <summary>Always the same instance, so that the translation sees no change where there is none.</summary>
    public Secret Secret { get; } = new()
    {
        Metadata = new ObjectMeta { Name = wanted.Secret.Name, Namespace = wanted.Secret.Namespace },
        Type = "kubernetes.io/tls",
        Data = new Dictionary<string, byte[]> { ["tls.crt"] = Encoding.ASCII.GetBytes(chain), ["tls.key"] = Encoding.ASCII.GetBytes(key) },
    };
}
