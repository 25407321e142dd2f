using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Policies;

/// <summary>What a BackendTLSPolicy is worth by itself, whatever its targets.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Authorities">The ConfigMaps and Secrets that its references name, in their order; null where there is none.</param>
/// <param name="Settings">Null when it cannot be followed.</param>
/// <param name="Refused">Accepted=False and why, or null.</param>
/// <param name="Unresolved">ResolvedRefs=False and why, or null.</param>
internal sealed record BackendTlsVerdict(BackendTlsPolicy Policy, KubernetesObject?[] Authorities, UpstreamTls? Settings, Finding? Refused, Finding? Unresolved);
