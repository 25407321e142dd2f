using System.Collections;
using System.Reflection;
using System.Text;
using Sluice.Configuration.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Configuration.Tests.Policies;

/// <summary>What is written is what is read, for every member of every record.</summary>
public sealed class RequestPolicyJsonTests
{
    private static readonly RequestPolicies Full = new()
    {
        FaultInjection = new FaultInjectionPolicy
        {
            Delay = new FaultDelay(TimeSpan.FromMilliseconds(1500), 7),
            Abort = new FaultAbort { HttpStatus = 503, GrpcStatus = 14, Percentage = 8 },
            ResponseRateLimit = new FaultRateLimit(64, 9),
            MaxActiveFaults = 3,
        },
        Jwt = new JwtPolicy
        {
            ValidationMode = JwtValidationMode.AllowMissing,
            Providers =
            [
                new JwtProvider
                {
                    Name = "p",
                    Issuer = "i",
                    Audiences = ["a", "b"],
                    Sources = [new JwtSource { Header = "h", Prefix = "p ", Query = "q", Cookie = "c" }],
                    ClaimsToHeaders = [new ClaimToHeader("sub", "x-sub")],
                    InlineJwks = "{}",
                    RemoteJwks = new RemoteJwks { Url = "u", Cluster = "c", CacheDuration = TimeSpan.FromSeconds(9), AsyncFetch = true, FailedRefetchDuration = TimeSpan.FromSeconds(2) },
                    ForwardToken = true,
                    ClockSkew = TimeSpan.FromSeconds(5),
                },
            ],
        },
        BasicAuth = new BasicAuthPolicy { Realm = "r", Users = [new BasicAuthUser("u", new SecretText("hush-hash"))], UsernameHeader = "x-user", ForwardCredential = false },
        ApiKey = new ApiKeyPolicy
        {
            Sources = [new ApiKeySource { Header = "h", Query = "q", Cookie = "c" }],
            Clients = [new ApiKeyClient("id", new SecretText("hush-key"))],
            ClientIdHeader = "x-id",
            ForwardCredential = true,
        },
        Rbac = new RbacPolicy { Action = RbacAction.Deny, Expressions = ["request.path == '/'"], MatchAll = true },
        Acl = new AclPolicy
        {
            DefaultAction = AclAction.Deny,
            Rules = [new AclRule { Name = "n", Cidrs = ["10.0.0.0/8"], Action = AclAction.Deny }],
            DenyStatusCode = 451,
            DenyHeaders = [new HeaderValue("x", "y")],
            BlockedByHeaderName = "x-by",
        },
        LocalRateLimits =
        [
            new LocalRateLimitPolicy { Bucket = "b", MaxTokens = 5, TokensPerFill = 2, FillInterval = TimeSpan.FromSeconds(3), PercentEnabled = 40, PercentEnforced = 30, SendHeaders = true },
        ],
        Csrf = new CsrfPolicy { PercentageEnabled = 10, PercentageShadowed = 20, AdditionalOrigins = [new StringMatch(StringMatchType.Suffix, "s", true)] },
        Buffer = new BufferPolicy(5_000_000_000),
    };

    [Fact]
    public void Sample_HasEveryMember_WithAnotherValueThanItsDefault() => ExpectFilled(Full, "policies");

    [Fact]
    public void Read_WhatWasWritten_IsTheSame() => ExpectEqual(Full, RoundTrip(Full, Secrets.Included), "policies");

    [Fact]
    public void Read_Defaults_AreTheSame()
    {
        var policies = new RequestPolicies
        {
            FaultInjection = new FaultInjectionPolicy(),
            Jwt = new JwtPolicy { Providers = [new JwtProvider { Name = "p" }] },
            BasicAuth = new BasicAuthPolicy(),
            ApiKey = new ApiKeyPolicy(),
            Acl = new AclPolicy { DefaultAction = AclAction.Allow },
            Csrf = new CsrfPolicy(),
        };

        ExpectEqual(policies, RoundTrip(policies, Secrets.Included), "policies");
        ExpectEqual(new RequestPolicies(), RoundTrip(new RequestPolicies(), Secrets.Included), "policies");
    }

    [Fact]
    public void Write_WithoutSecrets_HasNoneOfThem_AndReadsAsWithheld()
    {
        Assert.DoesNotContain("hush", Encoding.UTF8.GetString(ConfigurationJson.ToBytes(Of(Full), Secrets.Hidden)));

        RequestPolicies read = RoundTrip(Full, Secrets.Hidden);

        Assert.Same(SecretText.Withheld, read.BasicAuth!.Users[0].Hash);
        Assert.Same(SecretText.Withheld, read.ApiKey!.Clients[0].Key);
    }

    [Fact]
    public void Text_OfASecret_DoesNotSayIt() => Assert.DoesNotContain("hush", Full.ToString() + Full.BasicAuth!.Users[0] + Full.ApiKey!.Clients[0]);

    private static RequestPolicies RoundTrip(RequestPolicies policies, Secrets secrets) =>
        ConfigurationJson.Read(ConfigurationJson.ToBytes(Of(policies), secrets)).Listeners[0].VirtualHosts[0].Routes[0].Rule.Policies!;

    private static ProxyConfiguration Of(RequestPolicies policies)
    {
        var rule = new RouteRule { Route = "HTTPRoute/a/b", Index = 0, Action = new ForwardAction([]), Policies = policies };
        var entry = new RouteEntry(new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, "/") }, rule);
        return new ProxyConfiguration
        {
            Gateway = "a/b",
            Addresses = [],
            Listeners = [new Listener { Name = "http", Port = 80, BindPort = 80, Protocol = ListenerProtocol.Http, Hostname = "", VirtualHosts = [new VirtualHost { Hostname = "*", Routes = [entry] }] }],
            Clusters = [],
        };
    }

    private static IEnumerable<PropertyInfo> Members(object record) =>
        record.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.GetIndexParameters().Length == 0);

    private static bool IsRecord(object value) => value.GetType().Namespace!.StartsWith("Sluice", StringComparison.Ordinal) && value is not (Enum or SecretText);

    private static void ExpectFilled(object record, string path)
    {
        foreach (PropertyInfo member in Members(record))
        {
            object? value = member.GetValue(record);
            string name = $"{path}.{member.Name}";
            Assert.True(value is not null and not (IList { Count: 0 }), $"{name} is empty: give it a value here, and write and read it in the codec");
            if (value is IList list)
            {
                foreach (object item in list)
                {
                    if (IsRecord(item))
                        ExpectFilled(item, name);
                }
            }
            else if (IsRecord(value))
            {
                ExpectFilled(value, name);
            }
        }
    }

    private static void ExpectEqual(object expected, object actual, string path)
    {
        foreach (PropertyInfo member in Members(expected))
            ExpectEqualValues(member.GetValue(expected), member.GetValue(actual), $"{path}.{member.Name}");
    }

    private static void ExpectEqualValues(object? expected, object? actual, string path)
    {
        if (expected is IList list && actual is IList other)
        {
            Assert.True(list.Count == other.Count, path);
            for (int i = 0; i < list.Count; i++)
                ExpectEqualValues(list[i], other[i], path);
        }
        else if (expected is not null && actual is not null && IsRecord(expected))
        {
            ExpectEqual(expected, actual, path);
        }
        else
        {
            Assert.True(Equals(expected, actual), $"{path}: {expected} was written, {actual} read");
        }
    }
}
