using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Traffic"/> holds of the same names.</summary>
internal static class ExternalSchemas
{
    public static SchemaNode BodyBuffer { get; } = Object(
        Required("maxRequestBytes", Integer(1), "Bytes that are read at most."),
        Optional("allowPartialMessage", Flag.Default("false"), "Whether a longer body is shown in part, instead of being refused with 413."),
        Optional("packAsBytes", Flag.Default("false"), "Whether it is sent as bytes instead of UTF-8."));

    public static SchemaNode ExtAuthPolicy { get; } = Object(
        Optional("extensionRef", CommonPolicySchemas.ExtensionReference, "A GatewayExtension with extAuth."),
        Optional("withRequestBody", BodyBuffer, "Takes the place of that of the extension."),
        Optional("contextExtensions", Map(Text(0, 4096), 64), "Told to the service beside the request."),
        Optional("disable", Object(), "Turns off what is inherited."))
        .OneOf("extensionRef disable");

    public static SchemaNode ProcessingMode { get; } = Object(
        Optional("requestHeaderMode", Word("DEFAULT SEND SKIP").Default("\"SEND\""), "Head of the request."),
        Optional("responseHeaderMode", Word("DEFAULT SEND SKIP").Default("\"SEND\""), "Head of the response."),
        Optional("requestBodyMode", Word("NONE STREAMED BUFFERED BUFFERED_PARTIAL FULL_DUPLEX_STREAMED").Default("\"NONE\""), "Body of the request."),
        Optional("responseBodyMode", Word("NONE STREAMED BUFFERED BUFFERED_PARTIAL FULL_DUPLEX_STREAMED").Default("\"NONE\""), "Body of the response."),
        Optional("requestTrailerMode", Word("DEFAULT SEND SKIP").Default("\"SKIP\""), "Trailers of the request."),
        Optional("responseTrailerMode", Word("DEFAULT SEND SKIP").Default("\"SKIP\""), "Trailers of the response."));

    public static SchemaNode ExtProcPolicy { get; } = Object(
        Optional("extensionRef", CommonPolicySchemas.ExtensionReference, "A GatewayExtension with extProc."),
        Optional("processingMode", ProcessingMode, "Takes the place of that of the extension."),
        Optional("disable", Object(), "Turns off what is inherited."))
        .OneOf("extensionRef disable");

    public static SchemaNode JwtAuthPolicy { get; } = Object(
        Optional("extensionRef", CommonPolicySchemas.ExtensionReference, "A GatewayExtension with jwt."),
        Optional("disable", Object(), "Turns off what is inherited."))
        .OneOf("extensionRef disable");

    public static SchemaNode OAuth2Policy { get; } = Object(
        Required("extensionRef", CommonPolicySchemas.ExtensionReference, "A GatewayExtension with oauth2."));
}
