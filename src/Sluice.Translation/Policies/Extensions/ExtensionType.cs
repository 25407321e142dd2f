using Sluice.Resources.Policies.Extensions;

namespace Sluice.Translation.Policies.Extensions;

/// <summary>One of the things that a GatewayExtension may be.</summary>
/// <param name="Field">The field at the top of spec that says so.</param>
/// <param name="IsSet">Whether a GatewayExtension does.</param>
/// <param name="Check">Compiles it, with problems reported; false: it cannot be used. Null: the type is not supported.</param>
internal sealed record ExtensionType(string Field, Func<GatewayExtension, bool> IsSet, Func<GatewayExtension, IPolicySurroundings, bool>? Check);
