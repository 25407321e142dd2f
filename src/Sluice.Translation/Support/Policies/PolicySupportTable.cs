using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas;

namespace Sluice.Translation.Support.Policies;

/// <summary>
/// What this version supports of the policies, and of the other kinds beside the Gateway API: the one place that says so.
/// docs/reference/policies.md is generated from it and from the kinds' schemas.
/// </summary>
public static class PolicySupportTable
{
    /// <summary>With the fields of spec that hold a value, in the order of their schemas.</summary>
    public static IReadOnlyList<KindSupport> Kinds { get; } =
    [
        Of(GatewayApiGroup.Kgateway, "TrafficPolicy"),
        Of(GatewayApiGroup.Kgateway, "ListenerPolicy"),
        Of(GatewayApiGroup.Kgateway, "HTTPListenerPolicy"),
        Of(GatewayApiGroup.Kgateway, "BackendConfigPolicy"),
        Of(GatewayApiGroup.Kgateway, "Backend"),
        Of(GatewayApiGroup.Kgateway, "GatewayExtension"),
        Of(GatewayApiGroup.Kgateway, "DirectResponse"),
        Of(GatewayApiGroup.EnvoyGateway, "RateLimitFilter"),
        Of(GatewayApiGroup.Solo, "AuthConfig"),
        Of(GatewayApiGroup.Solo, "DynamicForwardProxy"),
        Of(GatewayApiGroup.Solo, "AIGateway"),
        Of(GatewayApiGroup.Solo, "PromptGuard"),
    ];

    /// <summary>What was said of a kind by hand.</summary>
    internal static PolicyMarks MarksOf(string kind) => kind switch
    {
        "TrafficPolicy" => TrafficPolicyFields.Marks,
        "ListenerPolicy" => ListenerPolicyFields.Marks,
        "HTTPListenerPolicy" => ListenerPolicyFields.HttpMarks,
        "BackendConfigPolicy" => BackendConfigPolicyFields.Marks,
        "Backend" => BackendFields.Marks,
        "GatewayExtension" => GatewayExtensionFields.Marks,
        _ => OtherKindFields.MarksOf(kind),
    };

    private static KindSupport Of(string group, string kind)
    {
        var schema = KindSchemas.Find(group, kind)!;
        var marks = MarksOf(kind);
        return new KindSupport(kind, schema.Plural, [.. Fields(schema.Root.Properties["spec"], "spec").Select(marks.Of)]);
    }

    private static IEnumerable<string> Fields(SchemaNode node, string path)
    {
        if (node.Items is { } items)
            return Fields(items, path + "[]");
        return node.Properties.Count == 0 ? [path] : node.Properties.SelectMany(field => Fields(field.Value, $"{path}.{field.Key}"));
    }
}
