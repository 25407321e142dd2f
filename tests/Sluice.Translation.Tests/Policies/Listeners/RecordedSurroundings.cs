using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Extensions;
using Sluice.Translation.Policies;

namespace Sluice.Translation.Tests.Policies.Listeners;

/// <summary>What a policy refers to, by name; everything that is reported is kept, as "field: message".</summary>
internal sealed class RecordedSurroundings : IPolicySurroundings
{
    public Dictionary<string, Secret> KnownSecrets { get; } = [];

    public Dictionary<string, ConfigMap> KnownConfigMaps { get; } = [];

    public List<string> Problems { get; } = [];

    /// <summary>Fields that something is wrong with.</summary>
    public IEnumerable<string> Fields => Problems.Select(problem => problem[..problem.IndexOf(':', StringComparison.Ordinal)]);

    public string Namespace => "test";

    public Secret? Secret(string name, string? ns, string field) => Known(KnownSecrets, name, field);

    public IReadOnlyList<Secret> Secrets(IReadOnlyDictionary<string, string> labels) => [];

    public ConfigMap? ConfigMap(string name, string? ns, string field) => Known(KnownConfigMaps, name, field);

    public GatewayExtension? Extension(ExtensionReference reference, string field) => null;

    public IPolicySurroundings Of(GatewayExtension extension, string field) => this;

    public string? Cluster(BackendObjectReference reference, string field) => $"{reference.Namespace ?? Namespace}/{reference.Name}:{reference.Port}";

    public void Problem(string field, string message) => Problems.Add($"{field}: {message}");

    private T? Known<T>(Dictionary<string, T> objects, string name, string field)
        where T : class
    {
        if (objects.TryGetValue(name, out var found))
            return found;
        Problem(field, $"\"{name}\" does not exist");
        return null;
    }
}
