using Sluice.Resources.Schemas.Meta;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

/// <summary>What all routes have.</summary>
internal static class RouteSchemas
{
    public static SchemaField ParentRefs { get; } = Optional("parentRefs", List(ReferenceSchemas.Parent, max: 32), "Gateways and ListenerSets that the route attaches to.");

    public static SchemaField UseDefaultGateways { get; } = Optional("useDefaultGateways", Word("All None"), "Whether default Gateways take the route; experimental.");

    public static SchemaField Hostnames { get; } = Optional("hostnames", List(NameSchemas.Hostname, max: 16), "Hosts of requests that the route is for. Absent: those of the listener.");

    public static SchemaField RuleName { get; } = Optional("name", NameSchemas.SectionName, "Unique within the route.");

    public static SchemaField SessionPersistence { get; } = Optional(
        "sessionPersistence",
        Object(
            Optional("sessionName", Text(max: 128), "The cookie's or the header's name."),
            Optional("absoluteTimeout", NameSchemas.Duration, "How long a session lasts."),
            Optional("idleTimeout", NameSchemas.Duration, "How long a session lasts without a request."),
            Optional("type", Word("Cookie Header").Default("\"Cookie\"")),
            Optional("cookieConfig", Object(
                Optional("lifetimeType", Word("Permanent Session").Default("\"Session\""), "Session: until the browser ends. Permanent: for absoluteTimeout.")))),
        "Keeps the requests of a client on one backend; experimental.");

    public static SchemaField Status { get; } = Optional(
        "status",
        Object(Required("parents", List(
            Object(
                Required("parentRef", ReferenceSchemas.Parent),
                Required("controllerName", NameSchemas.ControllerName),
                Required("conditions", ConditionSchema.SomeConditions)),
            max: 32), "What each parent's controller says.")),
        "Set by controllers.");

    private static readonly SchemaNode PlainRules = List(
        Object(RuleName, Required("backendRefs", List(ReferenceSchemas.WeightedBackend, 1, 16), "Where connections go, by weight.")), 1, 1);

    /// <summary>The one rule of TLSRoutes, TCPRoutes and UDPRoutes.</summary>
    public static SchemaField OneRule { get; } = Required("rules", PlainRules, "Exactly one.");
}
