using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Installing;

/// <summary>What the manifests of an installation have in common.</summary>
internal static class Manifest
{
    private const string Name = "app.kubernetes.io/name";
    private const string Component = "app.kubernetes.io/component";
    private const string Controller = "controller";

    /// <summary>The labels that tell the controller's Pods from all others.</summary>
    public static JsonObject Selector => SelectorOf(Controller);

    /// <summary>The labels that tell the Pods of a component from all others.</summary>
    public static JsonObject SelectorOf(string component) => new() { [Name] = "sluice", [Component] = component };

    public static JsonObject Labels(InstallOptions options, string component = Controller) => new()
    {
        [Name] = "sluice",
        [Component] = component,
        ["app.kubernetes.io/version"] = options.Version,
    };

    /// <param name="options">Of the installation.</param>
    /// <param name="apiVersion">Such as "apps/v1".</param>
    /// <param name="kind">Such as "Deployment".</param>
    /// <param name="name">Of the object.</param>
    /// <param name="isNamespaced">False for kinds that belong to the whole cluster.</param>
    /// <param name="component">Which part of Sluice it belongs to.</param>
    public static JsonObject Create(InstallOptions options, string apiVersion, string kind, string name, bool isNamespaced, string component = Controller)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (isNamespaced)
            metadata["namespace"] = options.Namespace;
        metadata["labels"] = Labels(options, component);
        return new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
    }

    public static JsonArray Strings(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];
}
