using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.GatewayApi;

/// <summary>Filters that HTTPRoutes and GRPCRoutes have in common.</summary>
internal static class FilterSchemas
{
    public const int MaxFilters = 16;

    private static readonly SchemaNode Headers = Keyed("name", Object(
        Required("name", NameSchemas.HeaderName, "In any case."),
        Required("value", NameSchemas.HeaderValue)), max: 16);

    private static readonly SchemaNode Modifier = Object(
        Optional("set", Headers, "Replaces fields of these names."),
        Optional("add", Headers, "Adds a value to those that are there."),
        Optional("remove", Set(AnyText, 16), "Names of fields that go."));

    private static readonly SchemaNode Mirror = Object(
        Required("backendRef", ReferenceSchemas.Backend, "Gets copies; its answers are discarded."),
        Optional("percent", Integer(0, 100), "The share of requests that is copied."),
        Optional("fraction", Object(
            Required("numerator", Integer(0)),
            Optional("denominator", Integer(1).Default("100"))), "The same, as a fraction."));

    /// <summary>Which member stands beside it: one of the words.</summary>
    public static SchemaField Type(string words) => Required("type", Word(words), "What the filter does: the member of the same name holds how.");

    public static SchemaField[] Common { get; } =
    [
        Optional("requestHeaderModifier", Modifier, "Changes header fields of the request."),
        Optional("responseHeaderModifier", Modifier, "Changes header fields of the response."),
        Optional("requestMirror", Mirror, "Sends copies of requests to another backend."),
        Optional("extensionRef", ReferenceSchemas.Local, "A filter that an object of another API describes."),
    ];
}
