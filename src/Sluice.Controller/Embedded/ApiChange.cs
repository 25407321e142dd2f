using Sluice.Resources;

namespace Sluice.Controller.Embedded;

/// <summary>What the API has for an object now.</summary>
/// <param name="Kind">As in manifests.</param>
/// <param name="Key">Of the object.</param>
/// <param name="Value">Null when it has none, none that can be served, or only shows one of a file.</param>
internal readonly record struct ApiChange(string Kind, NamespacedName Key, KubernetesObject? Value);
