using Sluice.Configuration;
using Sluice.Resources.Policies.Backends;

namespace Sluice.Translation.Policies.Backends;

/// <summary>One of the things that a Backend may be.</summary>
/// <param name="Field">The field at the top of spec that says so.</param>
/// <param name="IsSet">Whether a Backend does.</param>
/// <param name="Compile">
/// Gives the cluster its endpoints and whatever else it needs, with problems reported; null: it cannot be used. No compiler: the type is not supported.
/// </param>
internal sealed record BackendType(string Field, Func<Backend, bool> IsSet, Func<Backend, Cluster, IPolicySurroundings, Cluster?>? Compile);
