using System.Net;

namespace Sluice.Conformance.Cluster;

/// <summary>
/// A pod that an echo plays, on an address of its own. Secret names the certificate that it serves TLS with, if any;
/// ClientAuthority the ConfigMap of the authority that client certificates must be of when they are shown, null for any.
/// </summary>
internal sealed record Pod(
    string Namespace,
    string Name,
    IReadOnlyDictionary<string, string> Labels,
    IPAddress Address,
    PodKind Kind = PodKind.Http,
    string? Secret = null,
    string? ClientAuthority = null)
{
    public override string ToString() => $"{Namespace}/{Name}";
}
