using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Extensions;
using Sluice.Resources.Policies.Traffic;
using Sluice.Translation.Policies.Traffic;
using Contract = Sluice.Configuration.Policies.ExtAuthPolicy;
using Descriptor = Sluice.Resources.Policies.Traffic.RateLimitDescriptor;
using Entry = Sluice.Resources.Policies.Traffic.RateLimitEntry;
using Spec = Sluice.Resources.Policies.Traffic.ExtAuthPolicy;

namespace Sluice.Translation.Tests.Policies.Traffic;

/// <summary>External authorization and global rate limits: what policies and GatewayExtensions say, as the data plane gets it.</summary>
public sealed class ExternalServiceCompilerTests
{
    private static readonly GrpcServiceSettings Grpc = new() { BackendRef = new BackendObjectReference { Name = "auth", Port = 9000 } };
    private static readonly ExtHttpService Http = new() { BackendRef = new BackendObjectReference { Name = "auth", Port = 8080 } };
    private static readonly ExtensionReference Reference = new() { Name = "service", Namespace = "infra" };

    private readonly KnownSurroundings _surroundings = new() { Services = ["auth"] };

    [Fact]
    public void Grpc_Defaults_AreKgateways()
    {
        Contract policy = Auth(new ExtAuthProvider { GrpcService = Grpc })!;

        Assert.Empty(_surroundings.Problems);
        Assert.Equal(("infra/auth:9000", "auth", TimeSpan.FromSeconds(2), null), (policy.Grpc!.Cluster, policy.Grpc.Authority, policy.Grpc.Timeout, policy.Grpc.Retry));
        Assert.Equal((false, 403, null), (policy.FailOpen, policy.StatusOnError, policy.Http));
    }

    [Fact]
    public void Grpc_EverythingSaid_IsThere()
    {
        Contract policy = Auth(
            new ExtAuthProvider
            {
                GrpcService = Grpc with { Authority = "a.test", RequestTimeout = TimeSpan.FromSeconds(1), Retry = new GrpcRetry { Attempts = 3, Backoff = new Backoff { BaseInterval = TimeSpan.FromMilliseconds(20) } } },
                HeadersToForward = ["X-A"],
                FailOpen = true,
                StatusOnError = 503,
            },
            new Spec { ExtensionRef = Reference, ContextExtensions = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" } })!;

        Assert.Empty(_surroundings.Problems);
        Assert.Equal(new CallRetry { Attempts = 3, BaseInterval = TimeSpan.FromMilliseconds(20), MaxInterval = TimeSpan.FromMilliseconds(200) }, policy.Grpc!.Retry);
        Assert.Equal(("a.test", TimeSpan.FromSeconds(1)), (policy.Grpc.Authority, policy.Grpc.Timeout));
        Assert.Equal((true, 503), (policy.FailOpen, policy.StatusOnError));
        Assert.Equal(["X-A"], policy.HeadersToForward);
        Assert.Equal([new HeaderValue("a", "1"), new HeaderValue("b", "2")], policy.ContextExtensions);
    }

    [Fact]
    public void Http_EverythingSaid_IsThere()
    {
        ExtAuthHttpService service = Auth(new ExtAuthProvider
        {
            HttpService = Http with
            {
                PathPrefix = "/check",
                AuthorizationRequest = new AuthorizationRequest { HeadersToAdd = new Dictionary<string, string> { ["x-a"] = "1" } },
                AuthorizationResponse = new AuthorizationResponse { HeadersToBackend = ["x-b"], HeadersToClient = ["x-c"], HeadersToClientOnSuccess = ["x-d"] },
            },
        })!.Http!;

        Assert.Empty(_surroundings.Problems);
        Assert.Equal(("infra/auth:8080", "/check", TimeSpan.FromSeconds(2)), (service.Cluster, service.PathPrefix, service.Timeout));
        Assert.Equal([new HeaderValue("x-a", "1")], service.HeadersToAdd);
        Assert.Equal(["x-b"], service.HeadersToBackend);
        Assert.Equal(["x-c"], service.HeadersToClient);
        Assert.Equal(["x-d"], service.HeadersToClientOnSuccess);
    }

    public static TheoryData<string, string> WrongProviders => new()
    {
        { "none", "extAuth" },
        { "both", "extAuth" },
        { "status", "extAuth.statusOnError" },
        { "route cache", "extAuth.clearRouteCache" },
        { "body", "extAuth.withRequestBody" },
        { "name", "extAuth.headersToForward[0]" },
        { "authority", "extAuth.grpcService.authority" },
        { "timeout", "extAuth.grpcService.requestTimeout" },
        { "attempts", "extAuth.grpcService.retry.attempts" },
        { "backoff", "extAuth.grpcService.retry.backoff" },
        { "service", "extAuth.grpcService.backendRef" },
        { "prefix", "extAuth.httpService.pathPrefix" },
        { "operator", "extAuth.httpService.authorizationRequest.headersToAdd[x-a]" },
        { "host", "extAuth.httpService.authorizationResponse.headersToBackend[0]" },
    };

    [Theory]
    [MemberData(nameof(WrongProviders))]
    public void Provider_ThatIsWrong_IsReported_AndNothingIsInForce(string what, string field)
    {
        var grpc = new ExtAuthProvider { GrpcService = Grpc };
        ExtAuthProvider provider = what switch
        {
            "none" => new ExtAuthProvider(),
            "both" => new ExtAuthProvider { GrpcService = Grpc, HttpService = Http },
            "status" => grpc with { StatusOnError = 100 },
            "route cache" => grpc with { ClearRouteCache = true },
            "body" => grpc with { WithRequestBody = new BodyBuffer { MaxRequestBytes = 1 } },
            "name" => grpc with { HeadersToForward = ["a b"] },
            "authority" => new ExtAuthProvider { GrpcService = Grpc with { Authority = "a b" } },
            "timeout" => new ExtAuthProvider { GrpcService = Grpc with { RequestTimeout = TimeSpan.Zero } },
            "attempts" => new ExtAuthProvider { GrpcService = Grpc with { Retry = new GrpcRetry { Attempts = 17 } } },
            "backoff" => new ExtAuthProvider { GrpcService = Grpc with { Retry = new GrpcRetry { Backoff = new Backoff { BaseInterval = TimeSpan.Zero } } } },
            "service" => new ExtAuthProvider { GrpcService = Grpc with { BackendRef = new BackendObjectReference { Name = "nobody", Port = 1 } } },
            "prefix" => new ExtAuthProvider { HttpService = Http with { PathPrefix = "check" } },
            "operator" => new ExtAuthProvider { HttpService = Http with { AuthorizationRequest = new AuthorizationRequest { HeadersToAdd = new Dictionary<string, string> { ["x-a"] = "%REQ(b)%" } } } },
            _ => new ExtAuthProvider { HttpService = Http with { AuthorizationResponse = new AuthorizationResponse { HeadersToBackend = ["Host"] } } },
        };

        Assert.Null(Auth(provider));
        Assert.Equal(field, Assert.Single(_surroundings.Problems).Field);
    }

    [Fact]
    public void Policy_WithABodyOrWithoutAnExtension_IsReported_AndNothingIsInForce()
    {
        Assert.Null(Auth(new ExtAuthProvider { GrpcService = Grpc }, new Spec { ExtensionRef = Reference, WithRequestBody = new BodyBuffer { MaxRequestBytes = 1 } }));
        Assert.Null(ExtAuthCompiler.Compile(new Spec(), _surroundings, "extAuth"));
        Assert.Null(ExtAuthCompiler.Compile(new Spec { ExtensionRef = new ExtensionReference { Name = "nobody" } }, _surroundings, "extAuth"));

        Assert.Equal(["extAuth.withRequestBody", "extAuth", "extAuth"], _surroundings.Problems.Select(problem => problem.Field));
    }

    [Fact]
    public void Limit_Defaults_AreKgateways()
    {
        GlobalRateLimitPolicy policy = Limit(Provider, Of("RemoteAddress"))!;

        Assert.Empty(_surroundings.Problems);
        Assert.Equal(("shop", true, false, TimeSpan.FromMilliseconds(100)), (policy.Domain, policy.FailOpen, policy.SendHeaders, policy.Service!.Timeout));
    }

    [Fact]
    public void Limit_Entries_HaveTheirKeys()
    {
        GlobalRateLimitPolicy policy = Limit(
            Provider with { FailOpen = false, XRateLimitHeaders = "DraftVersion03" },
            Of("Path"), Of("RemoteAddress"), Of("Header") with { Header = "X-User" }, Of("Generic") with { Generic = new RateLimitGenericEntry { Key = "k", Value = "v" } })!;

        Assert.Empty(_surroundings.Problems);
        Assert.Equal((false, true), (policy.FailOpen, policy.SendHeaders));
        Assert.Equal(
            [new(RateLimitEntryType.Path, "path"), new(RateLimitEntryType.RemoteAddress, "remote_address"), new(RateLimitEntryType.Header, "X-User"), new(RateLimitEntryType.Generic, "k", "v")],
            Assert.Single(policy.Descriptors).Entries);
    }

    [Theory]
    [InlineData("Cookie", "rateLimit.global.descriptors[0].entries[0].type")]
    [InlineData("Header", "rateLimit.global.descriptors[0].entries[0].header")]
    [InlineData("Generic", "rateLimit.global.descriptors[0].entries[0].generic")]
    [InlineData(null, "rateLimit.global.descriptors[0].entries")]
    public void Limit_WithAnEntryThatIsNone_IsReported_AndNothingIsInForce(string? type, string field)
    {
        Assert.Null(Limit(Provider, type is null ? [] : [Of(type)]));
        Assert.Equal(field, Assert.Single(_surroundings.Problems).Field);
    }

    [Theory]
    [InlineData("", "Off", "rateLimit.domain")]
    [InlineData("shop", "On", "rateLimit.xRateLimitHeaders")]
    public void Limit_WithAProviderThatIsWrong_IsReported_AndNothingIsInForce(string domain, string headers, string field)
    {
        Assert.Null(Limit(Provider with { Domain = domain, XRateLimitHeaders = headers }, Of("Path")));
        Assert.Equal(field, Assert.Single(_surroundings.Problems).Field);
    }

    private static RateLimitProvider Provider => new() { GrpcService = Grpc, Domain = "shop" };

    private static Entry Of(string type) => new() { Type = type };

    private Contract? Auth(ExtAuthProvider provider, Spec? spec = null)
    {
        _surroundings.Extensions["infra/service"] = Extension() with { ExtAuth = provider };
        return ExtAuthCompiler.Compile(spec ?? new Spec { ExtensionRef = Reference }, _surroundings, "extAuth");
    }

    private GlobalRateLimitPolicy? Limit(RateLimitProvider provider, params Entry[] entries)
    {
        _surroundings.Extensions["infra/service"] = Extension() with { RateLimit = provider };
        return GlobalRateLimitCompiler.Compile(new GlobalRateLimit { ExtensionRef = Reference, Descriptors = [new Descriptor { Entries = entries }] }, _surroundings, "rateLimit.global");
    }

    private static GatewayExtension Extension() => new() { Metadata = new ObjectMeta { Namespace = "infra", Name = "service" }, Fields = [] };
}
