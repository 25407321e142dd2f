using Sluice.Resources.Policies.Extensions;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class ServerBinder
{
    public static AuthorizationRequest AuthorizationRequest(PolicyNode node) => new()
    {
        HeadersToAdd = node.Map("headersToAdd"),
    };

    public static AuthorizationResponse AuthorizationResponse(PolicyNode node) => new()
    {
        HeadersToBackend = node.Texts("headersToBackend"),
        HeadersToClient = node.Texts("headersToClient"),
        HeadersToClientOnSuccess = node.Texts("headersToClientOnSuccess"),
    };

    public static ExtHttpService ExtHttpService(PolicyNode node) => new()
    {
        BackendRef = node.NeedPart("backendRef", PolicyReferences.Backend),
        PathPrefix = node.Text("pathPrefix"),
        RequestTimeout = node.Time("requestTimeout"),
        AuthorizationRequest = node.Part("authorizationRequest", AuthorizationRequest),
        AuthorizationResponse = node.Part("authorizationResponse", AuthorizationResponse),
        Retry = node.Part("retry", CommonPolicyBinder.GrpcRetry),
    };

    public static ExtAuthProvider ExtAuthProvider(PolicyNode node) => new()
    {
        GrpcService = node.Part("grpcService", CommonPolicyBinder.GrpcServiceSettings),
        HttpService = node.Part("httpService", ExtHttpService),
        HeadersToForward = node.Texts("headersToForward"),
        FailOpen = node.Flag("failOpen"),
        ClearRouteCache = node.Flag("clearRouteCache"),
        WithRequestBody = node.Part("withRequestBody", ExternalBinder.BodyBuffer),
        StatusOnError = node.NeedNumber("statusOnError"),
        StatPrefix = node.Text("statPrefix"),
    };

    public static MetadataForwarding MetadataForwarding(PolicyNode node) => new()
    {
        Typed = node.Texts("typed"),
        Untyped = node.Texts("untyped"),
    };

    public static MetadataOptions MetadataOptions(PolicyNode node) => new()
    {
        Forwarding = node.Part("forwarding", MetadataForwarding),
    };

    public static ExtProcProvider ExtProcProvider(PolicyNode node) => new()
    {
        GrpcService = node.NeedPart("grpcService", CommonPolicyBinder.GrpcServiceSettings),
        FailOpen = node.Flag("failOpen"),
        ProcessingMode = node.Part("processingMode", ExternalBinder.ProcessingMode),
        AllowProcessingModeOverride = node.Flag("allowProcessingModeOverride"),
        AllowedProcessingModeOverrides = node.List("allowedProcessingModeOverrides", ExternalBinder.ProcessingMode),
        MessageTimeout = node.Time("messageTimeout"),
        MaxMessageTimeout = node.Time("maxMessageTimeout"),
        StatPrefix = node.Text("statPrefix"),
        RouteCacheAction = node.Need("routeCacheAction"),
        MetadataOptions = node.Part("metadataOptions", MetadataOptions),
        RequestAttributes = node.Texts("requestAttributes"),
        FilterStage = node.Part("filterStage", HeaderBinder.FilterStage),
    };

    public static RateLimitProvider RateLimitProvider(PolicyNode node) => new()
    {
        GrpcService = node.NeedPart("grpcService", CommonPolicyBinder.GrpcServiceSettings),
        Domain = node.Need("domain"),
        FailOpen = node.Flag("failOpen"),
        Timeout = node.NeedTime("timeout"),
        XRateLimitHeaders = node.Need("xRateLimitHeaders"),
    };

    public static RateLimitQuotaProvider RateLimitQuotaProvider(PolicyNode node) => new()
    {
        GrpcService = node.NeedPart("grpcService", CommonPolicyBinder.GrpcServiceSettings),
        Domain = node.Need("domain"),
    };
}
