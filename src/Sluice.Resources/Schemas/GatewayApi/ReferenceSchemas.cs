using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

/// <summary>References to other objects.</summary>
internal static class ReferenceSchemas
{
    private const string OwnGroup = "\"gateway.networking.k8s.io\"";

    private static readonly SchemaField Name = Required("name", NameSchemas.ObjectName, "The object's name.");
    private static readonly SchemaField Namespace = Optional("namespace", NameSchemas.Namespace);

    private static readonly SchemaField[] ParentFields =
    [
        Optional("group", NameSchemas.Group.Default(OwnGroup)),
        Optional("kind", NameSchemas.Kind.Default("\"Gateway\""), "Gateway or ListenerSet."),
        Name,
        Optional("namespace", NameSchemas.Namespace, "Absent: the namespace of the object at hand."),
    ];

    private static readonly SchemaField[] BackendFields =
    [
        Optional("group", NameSchemas.Group.Default("\"\"")),
        Optional("kind", NameSchemas.Kind.Default("\"Service\"")),
        Name,
        Namespace,
        Optional("port", NameSchemas.Port, "The Service's port, not that of its pods."),
    ];

    private static readonly SchemaField Weight = Optional("weight", Integer(0, 1_000_000).Default("1"), "Its share among the backends of the rule; 0 sends nothing.");

    /// <summary>A Gateway, or another parent without listeners of a name.</summary>
    public static SchemaNode GatewayParent { get; } = Object(ParentFields);

    public static SchemaNode Parent { get; } = Object(
        [
            .. ParentFields,
            Optional("sectionName", NameSchemas.SectionName, "One listener. Absent: all of the parent."),
            Optional("port", NameSchemas.Port, "Listeners on this port only."),
        ]);

    /// <summary>A backend without a weight, as of mirrors.</summary>
    public static SchemaNode Backend { get; } = Object(BackendFields);

    public static SchemaNode WeightedBackend { get; } = WeightedBackendWith();

    public static SchemaNode Secret { get; } = Object(
        Optional("group", NameSchemas.Group.Default("\"\"")),
        Optional("kind", NameSchemas.Kind.Default("\"Secret\"")),
        Name,
        Namespace);

    /// <summary>An object of any kind, in the same namespace.</summary>
    public static SchemaNode Local { get; } = Object(Required("group", NameSchemas.Group), Required("kind", NameSchemas.Kind), Name);

    /// <summary>An object of any kind, here or in another namespace.</summary>
    public static SchemaNode Full { get; } = Object(Required("group", NameSchemas.Group), Required("kind", NameSchemas.Kind), Name, Namespace);

    /// <summary>Backends of a rule that may hold more, such as filters.</summary>
    public static SchemaNode WeightedBackendWith(params ReadOnlySpan<SchemaField> more) => Object([.. BackendFields, Weight, .. more]);
}
