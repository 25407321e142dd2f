using System.Runtime.CompilerServices;
using Sluice.Resources;

namespace Sluice.Translation.Certificates;

/// <summary>The certificates of authorities in ConfigMaps and Secrets, read once per instance.</summary>
internal sealed class CaStore
{
    private readonly ConditionalWeakTable<KubernetesObject, Bundle> _bundles = [];

    /// <summary>PEM, the same instance for the same object; "" with a problem, to stand behind the object's name.</summary>
    public string Read(KubernetesObject source, out string? problem)
    {
        if (!_bundles.TryGetValue(source, out var bundle))
        {
            bundle = new Bundle(CaReader.Read(source, out problem), problem);
            _bundles.Add(source, bundle);
        }
        problem = bundle.Problem;
        return bundle.Pem;
    }

    private sealed record Bundle(string Pem, string? Problem);
}
