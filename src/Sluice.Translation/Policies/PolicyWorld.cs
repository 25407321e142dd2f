using Sluice.Resources;
using Sluice.Translation.Clusters;
using Sluice.Translation.References;

namespace Sluice.Translation.Policies;

/// <summary>What policies are compiled in.</summary>
/// <param name="Snapshot">Where what they refer to is looked up.</param>
/// <param name="Grants">What permits references across namespaces.</param>
/// <param name="Tls">Where TLS with backends is decided.</param>
/// <param name="Clusters">Where names are taken from.</param>
/// <param name="References">Which references need a grant.</param>
internal sealed record PolicyWorld(ResourceSnapshot Snapshot, GrantIndex Grants, BackendTlsBook Tls, ClusterTable Clusters, ReferenceMode References);
