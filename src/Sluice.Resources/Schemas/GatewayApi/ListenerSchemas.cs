using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

/// <summary>Listeners of Gateways and of ListenerSets.</summary>
internal static class ListenerSchemas
{
    private static readonly SchemaNode RouteKind = Object(
        Optional("group", NameSchemas.Group.Default("\"gateway.networking.k8s.io\"")),
        Required("kind", NameSchemas.Kind));

    private static readonly SchemaNode Tls = Object(
        Optional("mode", Word("Terminate Passthrough").Default("\"Terminate\""), "Terminate: TLS ends here. Passthrough: the backend ends it."),
        Optional("certificateRefs", List(ReferenceSchemas.Secret, max: 64), "Secrets with tls.crt and tls.key."),
        Optional("options", NameSchemas.Options, "TLS versions, ciphers and such, by names of the implementation."));

    private static readonly SchemaNode Item = Object(
        Required("name", NameSchemas.SectionName, "Unique within the object."),
        Optional("hostname", NameSchemas.Hostname, "The host or server name that the listener is for. Absent: every one."),
        Required("port", NameSchemas.Port, "The port that clients connect to."),
        Required("protocol", NameSchemas.Protocol, "HTTP, HTTPS, TLS, TCP or UDP."),
        Optional("tls", Tls, "For HTTPS and TLS."),
        Optional("allowedRoutes", Object(
            Optional("namespaces", Namespaces("All Selector Same", "Same"), "Where routes may live."),
            Optional("kinds", List(RouteKind, max: 8), "Absent: those that fit the protocol.")).Default("""{"namespaces":{"from":"Same"}}"""), "Routes that may attach."));

    private static readonly SchemaNode StatusItem = Object(
        Required("name", NameSchemas.SectionName),
        Required("attachedRoutes", Integer(), "How many routes are attached."),
        Optional("supportedKinds", List(RouteKind, max: 8), "Kinds of routes that it takes."),
        Required("conditions", ConditionSchema.Conditions));

    public static SchemaField Listeners { get; } = Required("listeners", Keyed("name", Item, 1, 64), "Ports, and what is served there.");

    public static SchemaField StatusListeners { get; } = Optional("listeners", Keyed("name", StatusItem, max: 64), "What is known of each listener.");

    /// <summary>From which namespaces something is allowed.</summary>
    /// <param name="from">The words that are allowed.</param>
    /// <param name="unless">The word that holds when there is none.</param>
    public static SchemaNode Namespaces(string from, string unless) => Object(
        Optional("from", Word(from).Default($"\"{unless}\""), "All namespaces, those of the selector, or that of the Gateway."),
        Optional("selector", LabelSelectorSchema.Selector, "Namespaces, by their labels, when from is Selector.")).Default($$"""{"from":"{{unless}}"}""");

    /// <summary>status with conditions that wait to be set.</summary>
    public static SchemaField Status(string[] pending, params ReadOnlySpan<SchemaField> fields)
    {
        var conditions = ConditionSchema.PendingList(pending);
        return Optional(
            "status",
            Object([Optional("conditions", ConditionSchema.Conditions.Default(conditions)), .. fields]).Default($$"""{"conditions":{{conditions}}}"""),
            "Set by the controller.");
    }
}
