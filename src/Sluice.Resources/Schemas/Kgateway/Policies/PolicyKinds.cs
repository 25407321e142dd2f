using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas.Foreign;
using Sluice.Resources.Schemas.GatewayApi;
using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>The kinds that say how something behaves.</summary>
internal static class PolicyKinds
{
    private const string TrafficText = "What happens to requests of Gateways, listeners, routes and rules.";
    private const string ListenerText = "What holds for the listeners of Gateways.";
    private const string HttpListenerText = "How HTTP is spoken with the clients of Gateways. ListenerPolicy has taken its place.";
    private const string BackendConfigText = "How backends are spoken with.";
    private const string BackendText = "Where requests go that is no Service. Routes name it in backendRefs.";
    private const string ExtensionText = "A service that TrafficPolicies point at.";

    public static IReadOnlyList<KindSchema> OfKgateway { get; } =
    [
        Attached("BackendConfigPolicy", "backendconfigpolicies", BackendConfigText, () => BackendConfigPolicySchemas.Spec),
        Pointed(GatewayApiGroup.Kgateway, "v1alpha1", "Backend", "backends", BackendText, () => BackendKindSchemas.Spec, new PrinterColumn("Type", "string", ".spec.type")),
        Pointed(GatewayApiGroup.Kgateway, "v1alpha1", "GatewayExtension", "gatewayextensions", ExtensionText, () => GatewayExtensionSchemas.Spec, new PrinterColumn("Type", "string", ".spec.type")),
        Attached("HTTPListenerPolicy", "httplistenerpolicies", HttpListenerText, () => HttpListenerPolicySchemas.Spec),
        Attached("ListenerPolicy", "listenerpolicies", ListenerText, () => ListenerPolicySchemas.Spec),
        Attached("TrafficPolicy", "trafficpolicies", TrafficText, () => TrafficPolicySchemas.Spec),
    ];

    public static IReadOnlyList<KindSchema> OfOthers { get; } =
    [
        Pointed(GatewayApiGroup.EnvoyGateway, "v1alpha1", "RateLimitFilter", "ratelimitfilters", "Limits of the number of requests that all proxies keep together.", () => ForeignSchemas.RateLimitFilter),
        Pointed(GatewayApiGroup.Solo, "v1", "AIGateway", "aigateways", "Models of providers behind routes.", () => ForeignSchemas.AiGateway),
        Pointed(GatewayApiGroup.Solo, "v1", "AuthConfig", "authconfigs", "Who may send requests.", () => ForeignSchemas.AuthConfig),
        Pointed(GatewayApiGroup.Solo, "v1", "DynamicForwardProxy", "dynamicforwardproxies", "Requests go to the host that they name.", () => ForeignSchemas.DynamicForwardProxy),
        Pointed(GatewayApiGroup.Solo, "v1", "PromptGuard", "promptguards", "What prompts may hold.", () => ForeignSchemas.PromptGuard),
    ];

    private static KindSchema Attached(string kind, string plural, string text, Func<SchemaNode> spec) =>
        Create(GatewayApiGroup.Kgateway, "v1alpha1", kind, plural, text, spec, PolicyStatuses.OfAncestors, [AncestorColumn("Accepted"), AncestorColumn("Attached"), PrinterColumn.Age]);

    private static KindSchema Pointed(string group, string version, string kind, string plural, string text, Func<SchemaNode> spec, params ReadOnlySpan<PrinterColumn> columns) =>
        Create(group, version, kind, plural, text, spec, PolicyStatuses.OfObject, [.. columns, GatewayVersions.Condition("Accepted"), PrinterColumn.Age]);

    private static KindSchema Create(string group, string version, string kind, string plural, string text, Func<SchemaNode> spec, SchemaField status, PrinterColumn[] columns) =>
        new(() => ObjectMetaSchema.Root(text, Required("spec", spec(), "What is wanted."), status))
        {
            Group = group,
            Versions = [new(version, IsStored: true)],
            Kind = kind,
            Plural = plural,
            Singular = kind.ToLowerInvariant(),
            Categories = group == GatewayApiGroup.Kgateway ? KgatewayVersions.Categories : [],
            HasStatus = true,
            IsCustom = true,
            PrinterColumns = columns,
        };

    /// <summary>What the first ancestor's controller says.</summary>
    private static PrinterColumn AncestorColumn(string condition) =>
        new(condition, "string", $".status.ancestors[*].conditions[?(@.type==\"{condition}\")].status");
}
