using Sluice.Configuration;
using Sluice.Resources;

namespace Sluice.Translation.Routes;

/// <summary>What the rule of a TLSRoute, TCPRoute or UDPRoute comes to, whatever its parents.</summary>
/// <param name="Plain">As it is relayed without another TLS session: datagrams, and TLS that is passed through.</param>
/// <param name="Secured">With TLS where a BackendTLSPolicy asks for it. The same instance when none does.</param>
/// <param name="Verdict">What the rule is worth.</param>
/// <param name="PolicedServices">The Services with BackendTLSPolicies that it uses; null for none.</param>
internal sealed record CompiledStream(StreamRoute Plain, StreamRoute Secured, RouteVerdict Verdict, NamespacedName[]? PolicedServices);
