using System.Collections;
using System.Reflection;
using Sluice.Configuration.Json;
using Sluice.Configuration.Listeners;
using Sluice.Configuration.Telemetry;

namespace Sluice.Configuration.Tests.Listeners;

/// <summary>What is written of listeners' settings, internal redirects and retries is what is read, for every member.</summary>
public sealed class ListenerSettingsJsonTests
{
    private static readonly BodyFormat Body = new(new AccessLogFormat(AccessLogFormatType.Json, """{"a":"%LOCAL_REPLY_BODY%"}"""), "text/x");

    private static readonly Listener Full = new()
    {
        Name = "http",
        Port = 80,
        BindPort = 8080,
        Protocol = ListenerProtocol.Http,
        Hostname = "",
        ProxyProtocol = new ProxyProtocolAcceptance { TrustedSources = ["10.0.0.0/8"], AllowWithoutHeader = true },
        Connection = new ConnectionSettings
        {
            TcpKeepalive = new TcpKeepalive { Probes = 3, Time = TimeSpan.FromSeconds(5), Interval = TimeSpan.FromSeconds(7) },
            BufferLimitBytes = 4096,
            TlsHandshakeTimeout = TimeSpan.FromSeconds(9),
        },
        Http = new HttpSettings
        {
            TrustedCidrs = ["10.0.0.0/8", "::1"],
            SkipXffAppend = true,
            PreserveExternalRequestId = false,
            GenerateRequestId = false,
            ServerHeader = ServerHeaderTransformation.PassThrough,
            ServerName = "edge",
            StreamIdleTimeout = TimeSpan.FromSeconds(1),
            IdleTimeout = TimeSpan.Zero,
            MaxRequestsPerConnection = 7,
            MaxHeadersCount = 8,
            MaxRequestHeadersBytes = 9,
            Http2 = new Http2Settings { InitialStreamWindowSize = 70_000, InitialConnectionWindowSize = 80_000, MaxConcurrentStreams = 5 },
            HealthCheckPath = "/up",
            AcceptHttp10 = false,
            DefaultHostForHttp10 = "a.test",
            AllowWebSockets = false,
            EarlyRequestHeaders = new HeaderModifier { Set = [new HeaderValue("a", "b")], Add = [new HeaderValue("c", "d")], Remove = ["e"] },
            ForwardClientCert = new ForwardClientCert { Mode = ForwardClientCertMode.AppendForward, Subject = true, Cert = true, Chain = true, Dns = true, Uri = true },
            StripHostPort = StripHostPortMode.AnyPort,
            StripTrailingHostDot = true,
            LocalReplies = new LocalReplySettings
            {
                DefaultBodyFormat = Body,
                Mappers =
                [
                    new LocalReplyMapper
                    {
                        Filter = new AndFilter([new StatusCodeFilter(FilterComparison.AtLeast, 500), new ListenerFilter(["http"])]),
                        StatusCode = 503,
                        Body = "b",
                        BodyFormat = Body,
                        Headers = [new HeaderValue("x", "y")],
                    },
                ],
            },
        },
    };

    private static readonly RouteRule Rule = new()
    {
        Route = "HTTPRoute/a/b",
        Index = 0,
        Action = new DirectResponseAction { StatusCode = 200, Body = "", BodyFormat = Body.Format },
        Timeouts = new RouteTimeouts { Request = TimeSpan.FromSeconds(3), BackendRequest = TimeSpan.FromSeconds(2), StreamIdle = TimeSpan.Zero },
        InternalRedirect = new InternalRedirectPolicy { StatusCodes = [301, 308], AllowCrossSchemeRedirect = true, MaxRedirects = 4, ResponseHeadersToCopy = ["x"] },
        Retry = new RetryPolicy
        {
            StatusCodes = [503],
            GrpcStatusCodes = [14],
            Attempts = 3,
            Backoff = TimeSpan.FromMilliseconds(7),
            Conditions = RetryConditions.Reset | RetryConditions.ServerError,
            PerTryTimeout = TimeSpan.FromSeconds(2),
            FullJitter = true,
        },
    };

    [Fact]
    public void Sample_HasEveryMember()
    {
        ExpectFilled(Full.Connection!, "connection");
        ExpectFilled(Full.Http!, "http");
        ExpectFilled(Rule.InternalRedirect!, "internalRedirect");
        ExpectFilled(Rule.Retry!, "retry");
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var read = RoundTrip(Full);

        ExpectEqual(Full.ProxyProtocol!, read.ProxyProtocol!, "proxyProtocol");
        ExpectEqual(Full.Connection!, read.Connection!, "connection");
        ExpectEqual(Full.Http!, read.Http!, "http");
        var rule = read.VirtualHosts[0].Routes[0].Rule;
        ExpectEqual(Rule.InternalRedirect!, rule.InternalRedirect!, "internalRedirect");
        ExpectEqual(Rule.Retry!, rule.Retry!, "retry");
        ExpectEqual(Rule.Timeouts!, rule.Timeouts!, "timeouts");
        ExpectEqual(Rule.Action, rule.Action, "action");
    }

    [Fact]
    public void Read_Defaults_AreTheSame()
    {
        var read = RoundTrip(Full with { Connection = new ConnectionSettings(), Http = new HttpSettings(), ProxyProtocol = new ProxyProtocolAcceptance() });

        ExpectEqual(new ConnectionSettings(), read.Connection!, "connection");
        ExpectEqual(new HttpSettings(), read.Http!, "http");
        ExpectEqual(new ProxyProtocolAcceptance(), read.ProxyProtocol!, "proxyProtocol");
        Assert.Null(RoundTrip(Full with { Connection = null, Http = null }).Http);
    }

    private static Listener RoundTrip(Listener listener)
    {
        var entry = new RouteEntry(new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, "/") }, Rule);
        var configuration = new ProxyConfiguration
        {
            Gateway = "a/b",
            Addresses = [],
            Listeners = [listener with { VirtualHosts = [new VirtualHost { Hostname = "*", Routes = [entry] }] }],
            Clusters = [],
        };
        return ConfigurationJson.Read(ConfigurationJson.ToBytes(configuration, Secrets.Included)).Listeners[0];
    }

    private static IEnumerable<PropertyInfo> Members(object record) =>
        record.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.GetIndexParameters().Length == 0);

    private static bool IsRecord(object value) => value.GetType().Namespace!.StartsWith("Sluice", StringComparison.Ordinal) && value is not Enum;

    private static void ExpectFilled(object record, string path)
    {
        foreach (var member in Members(record))
        {
            var value = member.GetValue(record);
            Assert.True(value is not null and not (IList { Count: 0 }), $"{path}.{member.Name} is empty: give it a value here, and write and read it in the codec");
        }
    }

    private static void ExpectEqual(object expected, object actual, string path)
    {
        Assert.Equal(expected.GetType(), actual.GetType());
        foreach (var member in Members(expected))
            ExpectEqualValues(member.GetValue(expected), member.GetValue(actual), $"{path}.{member.Name}");
    }

    private static void ExpectEqualValues(object? expected, object? actual, string path)
    {
        if (expected is IList list && actual is IList other)
        {
            Assert.True(list.Count == other.Count, path);
            for (var i = 0; i < list.Count; i++)
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
