using Sluice.Resources;

namespace Sluice.Translation.Gateways;

/// <summary>What an update of the <see cref="GatewayBook"/> means to others.</summary>
/// <param name="Parents">Those that came or went, or to whose listeners other routes may attach than before.</param>
/// <param name="Dropped">States of Gateways that are no longer ours.</param>
/// <param name="Gateways">Those that came, went or changed themselves.</param>
internal sealed record GatewayChanges(IReadOnlySet<ParentKey> Parents, IReadOnlyList<GatewayState> Dropped, IReadOnlySet<NamespacedName> Gateways);
