using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Extensions"/> holds of the same names.</summary>
internal static class ServerSchemas
{
    public static SchemaNode AuthorizationRequest { get; } = Object(
        Optional("headersToAdd", Map(Text(0, 4096), 64), "Fields that are added, with command operators."));

    public static SchemaNode AuthorizationResponse { get; } = Object(
        Optional("headersToBackend", Set(NameSchemas.HeaderName, 64), "Fields that the backend gets."),
        Optional("headersToClient", Set(NameSchemas.HeaderName, 64), "Fields that a refused client gets."),
        Optional("headersToClientOnSuccess", Set(NameSchemas.HeaderName, 64), "Fields that other clients get."));

    public static SchemaNode ExtHttpService { get; } = Object(
        Required("backendRef", PolicyShapes.Backend, "The Service or Backend."),
        Optional("pathPrefix", Text(1, 1024), "Stands before the path."),
        Optional("requestTimeout", PolicyShapes.Duration, "How long it may take; 2s when absent."),
        Optional("authorizationRequest", AuthorizationRequest, "What it is told."),
        Optional("authorizationResponse", AuthorizationResponse, "What is made of its answer."),
        Optional("retry", CommonPolicySchemas.GrpcRetry, "Null: it is not asked again."));

    public static SchemaNode ExtAuthProvider { get; } = Object(
        Optional("grpcService", CommonPolicySchemas.GrpcServiceSettings, "By Envoy's external authorization protocol."),
        Optional("httpService", ExtHttpService, "By HTTP."),
        Optional("headersToForward", Set(NameSchemas.HeaderName, 64), "Fields that it is told."),
        Optional("failOpen", Flag.Default("false"), "Whether requests pass when it cannot be asked."),
        Optional("clearRouteCache", Flag.Default("false"), "Whether a route is chosen again afterwards."),
        Optional("withRequestBody", ExternalSchemas.BodyBuffer, "The body that it is shown."),
        Optional("statusOnError", Integer(100, 511).Default("403"), "The status when it cannot be asked."),
        Optional("statPrefix", Text(1, 253), "For metrics."))
        .OneOf("grpcService httpService");

    public static SchemaNode MetadataForwarding { get; } = Object(
        Optional("typed", Set(Text(1, 253), 16), "Namespaces of typed metadata."),
        Optional("untyped", Set(Text(1, 253), 16), "Namespaces of untyped metadata."));

    public static SchemaNode MetadataOptions { get; } = Object(
        Optional("forwarding", MetadataForwarding, "To the processor."));

    public static SchemaNode ExtProcProvider { get; } = Object(
        Required("grpcService", CommonPolicySchemas.GrpcServiceSettings, "The server."),
        Optional("failOpen", Flag.Default("true"), "Whether exchanges go on without it when it fails."),
        Optional("processingMode", ExternalSchemas.ProcessingMode, "What it is sent."),
        Optional("allowProcessingModeOverride", Flag, "Whether its answers may change that."),
        Optional("allowedProcessingModeOverrides", List(ExternalSchemas.ProcessingMode, max: 16), "To what."),
        Optional("messageTimeout", PolicyShapes.Duration, "How long one answer may take."),
        Optional("maxMessageTimeout", PolicyShapes.Duration, "How far it may put that off."),
        Optional("statPrefix", Text(1, 253), "For metrics."),
        Optional("routeCacheAction", Word("FromResponse Clear Retain").Default("\"FromResponse\""), "Whether a route is chosen again."),
        Optional("metadataOptions", MetadataOptions, "Metadata that goes with messages."),
        Optional("requestAttributes", Set(Text(1, 253), 64), "Attributes that go with them."),
        Optional("filterStage", HeaderSchemas.FilterStage, "Where among the filters it stands."));

    public static SchemaNode RateLimitProvider { get; } = Object(
        Required("grpcService", CommonPolicySchemas.GrpcServiceSettings, "The server."),
        Required("domain", Text(1, 253), "The domain of the limits."),
        Optional("failOpen", Flag.Default("true"), "Whether requests pass when it cannot be asked."),
        Optional("timeout", PolicyShapes.Duration.Default("\"100ms\""), "How long it may take."),
        Optional("xRateLimitHeaders", Word("Off DraftVersion03").Default("\"Off\""), "Whether clients are told."));

    public static SchemaNode RateLimitQuotaProvider { get; } = Object(
        Required("grpcService", CommonPolicySchemas.GrpcServiceSettings, "The server."),
        Required("domain", Text(1, 253), "The domain of the quotas."));
}
