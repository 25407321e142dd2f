using System.Net;

namespace Sluice.Conformance.Cluster;

/// <summary>A pod that an echo plays, on an address of its own. Secret names the certificate that it serves TLS with, if any.</summary>
internal sealed record Pod(string Namespace, string Name, IReadOnlyDictionary<string, string> Labels, IPAddress Address, PodKind Kind = PodKind.Http, string? Secret = null)
{
    public override string ToString() => $"{Namespace}/{Name}";
}
