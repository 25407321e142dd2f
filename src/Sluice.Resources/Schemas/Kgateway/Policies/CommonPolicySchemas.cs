using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Common"/> holds of the same names.</summary>
internal static class CommonPolicySchemas
{
    public static SchemaNode ExtensionReference { get; } = Object(
        Required("name", NameSchemas.ObjectName, "The GatewayExtension's name."),
        Optional("namespace", NameSchemas.Namespace, "Null means the policy's."));

    public static SchemaNode SecretKeyReference { get; } = Object(
        Required("name", NameSchemas.ObjectName, "The Secret's name."),
        Optional("key", Text(1, 253), "The key in it. Null means what the field says."),
        Optional("namespace", NameSchemas.Namespace, "Null means the policy's."));

    public static SchemaNode StringMatcher { get; } = Object(
        Optional("exact", Text(0, 1024), "The whole text."),
        Optional("prefix", Text(1, 1024), "How it begins."),
        Optional("suffix", Text(1, 1024), "How it ends."),
        Optional("contains", Text(1, 1024), "What it holds somewhere."),
        Optional("safeRegex", Text(1, 1024), "An expression (RE2) that the whole text matches."),
        Optional("ignoreCase", Flag, "Whether upper and lower case are the same; not for safeRegex."))
        .OneOf("exact prefix suffix contains safeRegex")
        .NotTrueWith("ignoreCase", "safeRegex");

    public static SchemaNode HeaderMatcher { get; } = Object(
        Optional("type", Word("Exact RegularExpression").Default("\"Exact\""), "How value is compared."),
        Required("name", NameSchemas.HeaderName, "The field's name."),
        Required("value", Text(1, 4096), "The value or expression."));

    public static SchemaNode Backoff { get; } = Object(
        Required("baseInterval", PolicyShapes.Duration, "The first pause."),
        Optional("maxInterval", PolicyShapes.Duration, "The longest pause. Null means ten times the first."))
        .NotLonger("baseInterval", "maxInterval");

    public static SchemaNode GrpcRetry { get; } = Object(
        Optional("attempts", Integer(0).Default("1"), "Tries after the first."),
        Optional("backoff", Backoff, "Pauses between them."));

    public static SchemaNode GrpcServiceSettings { get; } = Object(
        Required("backendRef", PolicyShapes.Backend, "The Service or Backend."),
        Optional("authority", Text(1, 253), "The :authority that is sent. Null means the backend's name."),
        Optional("requestTimeout", PolicyShapes.Duration, "How long one call may take."),
        Optional("retry", GrpcRetry, "Null: a call is not tried again."));

    public static SchemaNode TcpKeepalive { get; } = Object(
        Optional("keepAliveProbes", Integer(0), "Unanswered probes until the connection is dead."),
        Optional("keepAliveTime", PolicyShapes.Duration, "How long a connection is idle before the first."),
        Optional("keepAliveInterval", PolicyShapes.Duration, "Time between probes."));

    public static SchemaNode BodyFormat { get; } = Object(
        Optional("text", Text(0, 4096), "A text with command operators."),
        Optional("json", Open(), "An object whose values hold command operators."),
        Optional("contentType", Text(1, 256), "The Content-Type. Null means text/plain or application/json."))
        .OneOf("text json");
}
