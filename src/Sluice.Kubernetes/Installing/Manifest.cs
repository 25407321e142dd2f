using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Installing;

/// <summary>What the manifests of an installation have in common.</summary>
internal static class Manifest
{
    private const string Name = "app.kubernetes.io/name";
    private const string Component = "app.kubernetes.io/component";

    /// <summary>The labels that tell the controller's Pods from all others.</summary>
    public static JsonObject Selector => new() { [Name] = "sluice", [Component] = "controller" };

    public static JsonObject Labels(InstallOptions options) => new()
    {
        [Name] = "sluice",
        [Component] = "controller",
        ["app.kubernetes.io/version"] = options.Version,
    };

    /// <param name="options">Of the installation.</param>
    /// <param name="apiVersion">Such as "apps/v1".</param>
    /// <param name="kind">Such as "Deployment".</param>
    /// <param name="name">Of the object.</param>
    /// <param name="isNamespaced">False for kinds that belong to the whole cluster.</param>
    public static JsonObject Create(InstallOptions options, string apiVersion, string kind, string name, bool isNamespaced)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (isNamespaced)
            metadata["namespace"] = options.Namespace;
        metadata["labels"] = Labels(options);
        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
    }

    public static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
