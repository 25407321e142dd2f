using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Extensions;

namespace Sluice.Translation.Policies;

/// <summary>
/// What a policy or a GatewayExtension may refer to while it is compiled. What cannot be had is reported here under the field that asks
/// for it, and null is returned: the caller then fails closed where the field guards something.
/// </summary>
internal interface IPolicySurroundings
{
    /// <summary>Of the object that is compiled.</summary>
    string Namespace { get; }

    /// <param name="name">The Secret's name.</param>
    /// <param name="ns">Null means <see cref="Namespace"/>; another one needs a ReferenceGrant.</param>
    /// <param name="field">The field that names it, from spec on, such as "basicAuth.secretRef".</param>
    Secret? Secret(string name, string? ns, string field);

    /// <summary>The Secrets of <see cref="Namespace"/> that have all of the labels, by name.</summary>
    IReadOnlyList<Secret> Secrets(IReadOnlyDictionary<string, string> labels);

    ConfigMap? ConfigMap(string name, string? ns, string field);

    GatewayExtension? Extension(ExtensionReference reference, string field);

    /// <summary>Surroundings of a GatewayExtension that a policy's field points at: its namespace, its own fields.</summary>
    IPolicySurroundings Of(GatewayExtension extension, string field);

    /// <summary>Name of the cluster of a Service's port or of a Backend, which is published with the configuration.</summary>
    string? Cluster(BackendObjectReference reference, string field);

    /// <summary>Something is wrong with a field: it is not in force, and the policy's status says so.</summary>
    /// <param name="field">From spec on, such as "rateLimit.local.tokenBucket.fillInterval".</param>
    /// <param name="message">What is wrong, and what would be right.</param>
    void Problem(string field, string message);
}
