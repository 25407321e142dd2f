using Sluice.Configuration.Policies;
using Sluice.Proxy.Calls.Protobuf;
using Sluice.Proxy.Tests.Calls;
using Sluice.Proxy.Tests.Filters.ExternalAuth;
using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters.RateLimits;

/// <summary>Limits that a service keeps (RLS).</summary>
public sealed class GlobalRateLimitTests
{
    private static readonly byte[] Ok = GrpcBackend.Write(writer => writer.Number(1, 1L));

    private static readonly RateLimitDescriptor PerAddress = new([new RateLimitEntry(RateLimitEntryType.RemoteAddress, "remote_address")]);

    [Fact]
    public async Task Descriptors_AreThoseThatTheRequestHasValuesFor()
    {
        await using Http2Backend service = GrpcBackend.Answering(_ => Ok);
        await using PolicyBed bed = await StartAsync(service, policy => policy with
        {
            Descriptors =
            [
                new RateLimitDescriptor([new RateLimitEntry(RateLimitEntryType.Generic, "tier", "free"), new RateLimitEntry(RateLimitEntryType.Header, "X-User")]),
                PerAddress,
                new RateLimitDescriptor([new RateLimitEntry(RateLimitEntryType.Path, "path")]),
            ],
        });

        Assert.Equal(200, (await bed.GetAsync("/a?b", "x-user: ann")).Status);
        Assert.Equal(200, (await bed.GetAsync("/c")).Status);

        Http2Request[] calls = [.. service.Requests];
        Assert.Equal("/envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit", calls[0][":path"]);
        byte[] first = GrpcBackend.Message(calls[0]), second = GrpcBackend.Message(calls[1]);
        Assert.Equal(["shop"], GrpcBackend.Texts(first, "1"));
        Assert.Equal(["tier", "X-User", "remote_address", "path"], GrpcBackend.Texts(first, "2.1.1"));
        Assert.Equal(["free", "ann", "127.0.0.1", "/a?b"], GrpcBackend.Texts(first, "2.1.2"));
        Assert.Equal(["127.0.0.1", "/c"], GrpcBackend.Texts(second, "2.1.2"));
    }

    [Fact]
    public async Task WithoutAnyDescriptor_TheServiceIsNotAsked()
    {
        await using Http2Backend service = GrpcBackend.Failing(13);
        await using PolicyBed bed = await StartAsync(service, policy => policy with { FailOpen = false, Descriptors = [new RateLimitDescriptor([new RateLimitEntry(RateLimitEntryType.Header, "x-user")])] });

        Assert.Equal(200, (await bed.GetAsync()).Status);

        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task OverTheLimit_Is429_WithWhatTheServiceSays()
    {
        await using Http2Backend service = GrpcBackend.Answering(_ => GrpcBackend.Write(writer =>
        {
            writer.Number(1, 2L);
            Status(writer, 100, 2, left: 40, seconds: 9);
            Status(writer, 10, 1, left: 0, seconds: 1, name: "burst");
            writer.Header(3, "retry-after", "1");
            writer.Header(4, "x-never", "seen");
            writer.Text(5, "slow down");
        }));
        await using PolicyBed bed = await StartAsync(service, policy => policy with { SendHeaders = true });

        WireMessage answer = await bed.GetAsync();

        Assert.Equal((429, "slow down", "true", "1"), (answer.Status, answer.Body, answer["x-envoy-ratelimited"], answer["retry-after"]));
        Assert.Equal(("10, 100;w=60, 10;w=1;name=\"burst\"", "0", "1"), (answer["x-ratelimit-limit"], answer["x-ratelimit-remaining"], answer["x-ratelimit-reset"]));
        Assert.Empty(bed.Backend.Requests);
    }

    [Fact]
    public async Task UnderTheLimit_BothSidesGetTheFields()
    {
        await using Http2Backend service = GrpcBackend.Answering(_ => GrpcBackend.Write(writer =>
        {
            writer.Number(1, 1L);
            Status(writer, 100, 2, left: 40, seconds: 9);
            writer.Header(3, "x-to-client", "c");
            writer.Header(4, "x-to-backend", "b");
        }));
        await using PolicyBed bed = await StartAsync(service, policy => policy);

        WireMessage answer = await bed.GetAsync("/", "X-To-Backend: forged");

        Assert.Equal((200, "c", null), (answer.Status, answer["x-to-client"], answer["x-ratelimit-limit"]));
        Assert.Equal("b", (await bed.Backend.NextRequestAsync())["x-to-backend"]);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("unknown")]
    [InlineData("garbage")]
    [InlineData("field")]
    [InlineData("silent")]
    [InlineData("failed")]
    public async Task ServiceThatDoesNotAnswer_LetsPass_OrNot_AsThePolicySays(string what)
    {
        await using Http2Backend service = Http2Backend.Answering((connection, request) => what switch
        {
            "silent" => Task.CompletedTask,
            "failed" => connection.SendHeadersAsync(request.StreamId, true, (":status", "200"), ("content-type", "application/grpc"), ("grpc-status", "2")),
            _ => GrpcBackend.AnswerAsync(connection, request.StreamId, what switch
            {
                "nothing" => [],
                "unknown" => GrpcBackend.Write(writer => writer.Number(1, 7L)),
                "field" => GrpcBackend.Write(writer =>
                {
                    writer.Number(1, 1L);
                    writer.Header(3, "connection", "close");
                }),
                _ => [0x08, 0x01, 0xFF],
            }),
        });
        await using PolicyBed open = await StartAsync(service, policy => policy, timeout: what == "silent" ? 50 : 10_000);
        await using PolicyBed closed = await StartAsync(service, policy => policy with { FailOpen = false }, timeout: what == "silent" ? 50 : 10_000);

        Assert.Equal(200, (await open.GetAsync()).Status);
        Assert.Equal(500, (await closed.GetAsync()).Status);
        Assert.Empty(closed.Backend.Requests);
    }

    [Fact]
    public async Task ServiceThatIsMissing_RefusesEverything()
    {
        await using PolicyBed bed = await PolicyBed.StartAsync(_ => new RequestPolicies { GlobalRateLimits = [new GlobalRateLimitPolicy { Domain = "shop", Descriptors = [PerAddress] }] });

        Assert.Equal(500, (await bed.GetAsync()).Status);
    }

    // DescriptorStatus: code 1, current_limit 2 (requests_per_unit 1, unit 2, name 3), limit_remaining 3, duration_until_reset 4 (seconds 1, nanos 2).
    private static void Status(ProtobufWriter writer, long limit, long unit, long left, long seconds, string name = "") => writer.Message(2, status =>
    {
        status.Number(1, left > 0 ? 1L : 2L);
        status.Message(2, current =>
        {
            current.Number(1, limit);
            current.Number(2, unit);
            current.Text(3, name);
        });
        status.Number(3, left);
        status.Message(4, reset => reset.Number(1, seconds));
    });

    private static Task<PolicyBed> StartAsync(Http2Backend service, Func<GlobalRateLimitPolicy, GlobalRateLimitPolicy> change, int timeout = 10_000) => PolicyBed.StartAsync(routes => new RequestPolicies
    {
        GlobalRateLimits = [change(new GlobalRateLimitPolicy { Service = routes.Service(service, timeout), Domain = "shop", Descriptors = [PerAddress] })],
    });
}
