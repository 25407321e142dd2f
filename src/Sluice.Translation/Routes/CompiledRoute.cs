using Sluice.Configuration;
using Sluice.Resources;

namespace Sluice.Translation.Routes;

/// <summary>What the rules of a route come to, whatever its parents.</summary>
/// <param name="Entries">In order of precedence within the route.</param>
/// <param name="GrpcRanks">
/// The rank of each entry of a GRPCRoute, which cannot be told from its path; null for an HTTPRoute, whose entries tell theirs.
/// </param>
/// <param name="Verdict">What the rules are worth.</param>
/// <param name="PolicedServices">The Services with BackendTLSPolicies that they use; null for none.</param>
internal sealed record CompiledRoute(RouteEntry[] Entries, ulong[]? GrpcRanks, RouteVerdict Verdict, NamespacedName[]? PolicedServices);
