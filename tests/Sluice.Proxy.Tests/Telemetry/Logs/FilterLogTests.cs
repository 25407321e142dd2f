using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Support;
using Sluice.Proxy.Tests.Telemetry.Support;

namespace Sluice.Proxy.Tests.Telemetry.Logs;

/// <summary>Why a filter refused, in Envoy's words.</summary>
public sealed class FilterLogTests
{
    public static TheoryData<string, string> Refusals => new()
    {
        { "jwt", "401 UAEX jwt_authn_access_denied{Jwt_is_missing}" },
        { "basic", "401 UAEX no_credential_found_for_basic_auth" },
        { "key", "401 UAEX missing_api_key" },
        { "rbac", "403 UAEX rbac_access_denied_matched_policy[none]" },
        { "acl", "403 UAEX acl_denied{the_world}" },
        { "limit", "429 RL local_rate_limited" },
        { "csrf", "403 - csrf_origin_mismatch" },
        { "abort", "418 FI fault_filter_abort" },
        { "buffer", "413 - request_payload_too_large" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Refusal_HasFlagAndDetails(string policy, string line)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var logged = await LoggedProxy.StartAsync("%RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS%", PolicyRoutes.To(backend, Policies(policy)));
        if (policy == "limit")
            await logged.Proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        await logged.Proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nOrigin: https://evil.test\r\nContent-Length: 2\r\n\r\nab");

        Assert.Equal(line, (await logged.LinesAsync(policy == "limit" ? 2 : 1))[^1]);
    }

    private static RequestPolicies Policies(string policy) => policy switch
    {
        "jwt" => new RequestPolicies { Jwt = new JwtPolicy { Providers = [new JwtProvider { Name = "p", RemoteJwks = new RemoteJwks { Url = "http://keys.test/", Cluster = "none" } }] } },
        "basic" => new RequestPolicies { BasicAuth = new BasicAuthPolicy() },
        "key" => new RequestPolicies { ApiKey = new ApiKeyPolicy() },
        "rbac" => new RequestPolicies { Rbac = new RbacPolicy { Expressions = ["false"] } },
        "acl" => new RequestPolicies { Acl = new AclPolicy { DefaultAction = AclAction.Allow, Rules = [new AclRule { Name = "the world", Cidrs = ["0.0.0.0/0"], Action = AclAction.Deny }] } },
        "limit" => PolicyRoutes.Limited("log", 1),
        "csrf" => new RequestPolicies { Csrf = new CsrfPolicy() },
        "abort" => new RequestPolicies { FaultInjection = new FaultInjectionPolicy { Abort = new FaultAbort { HttpStatus = 418 } } },
        _ => new RequestPolicies { Buffer = new BufferPolicy(1) },
    };

    [Fact]
    public async Task Delay_HasItsFlag()
    {
        await using var backend = ScriptedBackend.Answering();
        var delay = new FaultInjectionPolicy { Delay = new FaultDelay(TimeSpan.FromMilliseconds(1)) };
        await using var logged = await LoggedProxy.StartAsync("%RESPONSE_CODE% %RESPONSE_FLAGS% %RESPONSE_CODE_DETAILS%", PolicyRoutes.To(backend, new RequestPolicies { FaultInjection = delay }));

        await logged.Proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Equal("200 DI via_upstream", await logged.LineAsync());
    }
}
