using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Extensions;
using Sluice.Translation.Policies;

namespace Sluice.Translation.Tests.Policies.Traffic;

/// <summary>Surroundings without anything in them; remembers what was reported.</summary>
internal sealed class NotedSurroundings : IPolicySurroundings
{
    public List<string> Problems { get; } = [];

    public string Namespace => "test";

    public Secret? Secret(string name, string? ns, string field) => null;

    public IReadOnlyList<Secret> Secrets(IReadOnlyDictionary<string, string> labels) => [];

    public ConfigMap? ConfigMap(string name, string? ns, string field) => null;

    public GatewayExtension? Extension(ExtensionReference reference, string field) => null;

    public IPolicySurroundings Of(GatewayExtension extension, string field) => this;

    public string? Cluster(BackendObjectReference reference, string field) => null;

    public void Problem(string field, string message) => Problems.Add($"{field}: {message}");
}
