using System.Text.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Configuration.Json;

/// <summary>Reads the policies that ask services.</summary>
internal static class ExternalServiceReader
{
    public static ExtAuthPolicy? ExtAuth(JsonElement policies) => policies.OptionalMember("extAuth") is not { } element ? null : new ExtAuthPolicy
    {
        Grpc = Grpc(element, "grpc"),
        Http = element.OptionalMember("http") is { } http ? Http(http) : null,
        HeadersToForward = element.Texts("headersToForward"),
        FailOpen = element.Flag("failOpen"),
        StatusOnError = element.Number("statusOnError"),
        ContextExtensions = Fields(element, "contextExtensions"),
    };

    public static GlobalRateLimitPolicy GlobalRateLimit(JsonElement element) => new()
    {
        Service = Grpc(element, "service"),
        Domain = element.Text("domain"),
        FailOpen = element.Flag("failOpen"),
        SendHeaders = element.Flag("sendHeaders"),
        Descriptors = element.List("descriptors", descriptor => new RateLimitDescriptor(descriptor.List("entries", entry =>
            new RateLimitEntry(entry.Choice<RateLimitEntryType>("type"), entry.Text("key"), entry.OptionalText("value"))))),
    };

    private static GrpcService? Grpc(JsonElement policy, string name) => policy.OptionalMember(name) is not { } element ? null : new GrpcService
    {
        Cluster = element.Text("cluster"),
        Authority = element.Text("authority"),
        Timeout = RequestPolicyReader.Time(element, "timeout"),
        Retry = Retry(element),
    };

    private static ExtAuthHttpService Http(JsonElement element) => new()
    {
        Cluster = element.Text("cluster"),
        PathPrefix = element.OptionalText("pathPrefix") ?? "",
        Timeout = RequestPolicyReader.Time(element, "timeout"),
        Retry = Retry(element),
        HeadersToAdd = Fields(element, "headersToAdd"),
        HeadersToBackend = element.Texts("headersToBackend"),
        HeadersToClient = element.Texts("headersToClient"),
        HeadersToClientOnSuccess = element.Texts("headersToClientOnSuccess"),
    };

    private static CallRetry? Retry(JsonElement service) => service.OptionalMember("retry") is not { } element ? null : new CallRetry
    {
        Attempts = element.Number("attempts"),
        BaseInterval = RequestPolicyReader.Time(element, "baseInterval"),
        MaxInterval = RequestPolicyReader.Time(element, "maxInterval"),
    };

    private static HeaderValue[] Fields(JsonElement element, string name) =>
        element.List(name, field => new HeaderValue(field.Text("name"), field.Text("value")));
}
