using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Extensions;
using Sluice.Translation.Policies;

namespace Sluice.Translation.Tests.Policies.Traffic;

/// <summary>Surroundings that know what a test has put there.</summary>
internal sealed class KnownSurroundings : IPolicySurroundings
{
    public string Namespace { get; init; } = "apps";

    public Dictionary<string, Secret> Known { get; init; } = [];

    public Dictionary<string, GatewayExtension> Extensions { get; init; } = [];

    /// <summary>Names of Services that are there.</summary>
    public HashSet<string> Services { get; init; } = [];

    public List<(string Field, string Message)> Problems { get; init; } = [];

    public Secret? Secret(string name, string? ns, string field) => Find(Known, $"{ns ?? Namespace}/{name}", field);

    public IReadOnlyList<Secret> Secrets(IReadOnlyDictionary<string, string> labels) => [];

    public ConfigMap? ConfigMap(string name, string? ns, string field) => null;

    public GatewayExtension? Extension(ExtensionReference reference, string field) => Find(Extensions, $"{reference.Namespace ?? Namespace}/{reference.Name}", field);

    public IPolicySurroundings Of(GatewayExtension extension, string field) => new KnownSurroundings
    {
        Namespace = extension.Metadata.Namespace,
        Known = Known,
        Extensions = Extensions,
        Services = Services,
        Problems = Problems,
    };

    public string? Cluster(BackendObjectReference reference, string field)
    {
        if (Services.Contains(reference.Name))
            return $"{Namespace}/{reference.Name}:{reference.Port}";
        Problem(field, "is not there");
        return null;
    }

    public void Problem(string field, string message) => Problems.Add((field, message));

    private T? Find<T>(Dictionary<string, T> things, string name, string field)
        where T : class
    {
        if (things.TryGetValue(name, out var found))
            return found;
        Problem(field, "is not there");
        return null;
    }
}
