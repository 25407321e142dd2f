using System.Text;
using System.Text.Json;
using Sluice.Configuration;
using Sluice.Configuration.Listeners;
using Sluice.Configuration.Telemetry;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Policies.Listeners;
using Sluice.Translation.Tests.Support;
using Spec = Sluice.Resources.Policies.Listeners;
using SpecCommon = Sluice.Resources.Policies.Common;

namespace Sluice.Translation.Tests.Policies.Listeners;

/// <summary>ListenerPolicy put on listeners: what is in force, and what is reported under which field.</summary>
public sealed class ListenerPolicyCompilerTests
{
    private static readonly Listener Http = new() { Name = "http", Port = 80, BindPort = 80, Protocol = ListenerProtocol.Http, Hostname = "" };

    private readonly RecordedSurroundings _surroundings = new();

    [Fact]
    public void Defaults_AreKgateways()
    {
        var listener = Apply(new Spec.HttpSettings(), Http);

        var http = listener.Http!;
        Assert.Equal((100, null), (http.MaxHeadersCount, http.MaxRequestHeadersBytes));
        Assert.Equal(ServerHeaderTransformation.Overwrite, http.ServerHeader);
        Assert.False(http.PreserveExternalRequestId);
        Assert.True(http.GenerateRequestId);
        Assert.False(http.AcceptHttp10);
        Assert.True(http.AllowWebSockets);
        Assert.False(http.SkipXffAppend);
        Assert.Null(http.ForwardClientCert);
        Assert.Null(http.LocalReplies);
        Assert.Equal(0, listener.TrustedHops);
        Assert.Empty(_surroundings.Problems);
    }

    [Theory]
    [InlineData(true, null, 3, false)]
    [InlineData(true, 2, 2, false)]
    [InlineData(false, null, 1, true)]
    [InlineData(false, 2, 3, true)]
    public void TrustedHops_AreCountedFromWhereEnvoyBegins(bool remote, int? hops, int expected, bool skips)
    {
        var listener = Apply(new Spec.HttpSettings { UseRemoteAddress = remote, XffNumTrustedHops = hops }, Http with { TrustedHops = 3 });

        Assert.Equal((expected, skips), (listener.TrustedHops, listener.Http!.SkipXffAppend));
    }

    [Fact]
    public void TrustedNetworks_GoBeforeTheNumber()
    {
        var listener = Apply(new Spec.HttpSettings { UseRemoteAddress = false, XffTrustedCidrs = ["10.0.0.0/8", "10.1.2.3/8"] }, Http with { TrustedHops = 3 });

        Assert.Equal(0, listener.TrustedHops);
        Assert.Equal(["10.0.0.0/8"], listener.Http!.TrustedCidrs);
        Assert.Equal(["default.httpSettings.xffTrustedCIDRs[1]"], _surroundings.Fields);
    }

    [Fact]
    public void WhatIsNotInForce_IsReported()
    {
        var listener = Apply(
            new Spec.HttpSettings
            {
                MaxHeadersCount = 500,
                MaxRequestHeadersKb = 100,
                UuidRequestIdConfig = new Spec.UuidRequestId(),
                ServerHeaderTransformation = "Nonsense",
                ServerName = "a\nb",
                UpgradeConfig = new Spec.UpgradeSettings { EnabledUpgrades = ["CONNECT"] },
                HealthCheck = new Spec.HealthCheckPath { Path = "up" },
                EarlyRequestHeaderModifier = new Spec.EarlyHeaders { Remove = ["Host", "x-ok"] },
                StripHostPortMode = "1",
                Http2ProtocolOptions = new Spec.ListenerHttp2 { InitialStreamWindowSize = 1 },
            },
            Http);

        Assert.Equal(
            [
                "earlyRequestHeaderModifier.remove[0]", "healthCheck.path", "http2ProtocolOptions.initialStreamWindowSize", "maxHeadersCount", "maxRequestHeadersKb",
                "serverHeaderTransformation", "serverName", "stripHostPortMode", "upgradeConfig.enabledUpgrades[0]", "uuidRequestIdConfig",
            ],
            _surroundings.Fields.Select(field => field["default.httpSettings.".Length..]).Order(StringComparer.Ordinal));
        Assert.Equal((128, (int?)null, false), (listener.Http!.MaxHeadersCount, listener.Http.MaxRequestHeadersBytes, listener.Http.AllowWebSockets));
        Assert.Equal(["x-ok"], listener.Http.EarlyRequestHeaders!.Remove);
    }

    [Fact]
    public void Port_ReplacesTheDefaultAsAWhole()
    {
        var policy = new Spec.ListenerPolicy
        {
            Metadata = new ObjectMeta { Name = "p", Namespace = "test" },
            Fields = ["default", "perPort"],
            Default = new Spec.ListenerSettings { HttpSettings = new Spec.HttpSettings() },
            PerPort = [new Spec.PortSettings { Port = 81, Listener = new Spec.ListenerSettings { PerConnectionBufferLimitBytes = 1 } }],
        };

        Assert.Null(ListenerPolicyCompiler.Choose(policy, 81, out var field)!.HttpSettings);
        Assert.Equal("perPort[0].listener", field);
        Assert.NotNull(ListenerPolicyCompiler.Choose(policy, 80, out field)!.HttpSettings);
        Assert.Equal("default", field);
    }

    [Fact]
    public void Connections_HaveLimits()
    {
        var settings = new Spec.ListenerSettings
        {
            ProxyProtocol = new Spec.ProxyProtocolPolicy { AllowRequestsWithoutProxyProtocol = true },
            TcpKeepalive = new SpecCommon.TcpKeepalive { KeepAliveProbes = 1000, KeepAliveTime = TimeSpan.FromSeconds(9), KeepAliveInterval = TimeSpan.FromMilliseconds(1) },
            PerConnectionBufferLimitBytes = -1,
            TransportSocketConnectTimeout = TimeSpan.FromSeconds(2),
        };

        var listener = ListenerPolicyCompiler.Apply(Http, settings, _surroundings, "default");

        Assert.True(listener.ProxyProtocol!.AllowWithoutHeader);
        Assert.Equal(new ConnectionSettings { TcpKeepalive = new TcpKeepalive { Time = TimeSpan.FromSeconds(9) }, TlsHandshakeTimeout = TimeSpan.FromSeconds(2) }, listener.Connection);
        Assert.Equal(
            ["default.tcpKeepalive.keepAliveProbes", "default.tcpKeepalive.keepAliveInterval", "default.perConnectionBufferLimitBytes"], _surroundings.Fields);
        Assert.Null(listener.Http);
        Assert.Null(ListenerPolicyCompiler.Apply(Http, new Spec.ListenerSettings(), _surroundings, "default").Connection);
    }

    [Theory]
    [InlineData("Require", ClientValidationMode.AllowValidOnly)]
    [InlineData("Optional", ClientValidationMode.AllowAbsent)]
    public void ClientCertificates_AreAskedFor(string mode, ClientValidationMode expected)
    {
        var pem = TestCertificates.RootPem;
        _surroundings.KnownSecrets["ca"] = new Secret { Metadata = new ObjectMeta { Name = "ca", Namespace = "test" }, Data = new Dictionary<string, byte[]> { ["ca.crt"] = Encoding.UTF8.GetBytes(pem) } };
        var https = Http with { Protocol = ListenerProtocol.Https, Tls = new Configuration.ListenerTls { Mode = TlsMode.Terminate } };
        var settings = new Spec.ListenerSettings
        {
            ClientCertificateValidation = new Spec.ClientCertificatePolicy { Mode = mode, CaCertificateRefs = [new Spec.ClientCertificateRef { Name = "ca" }, new Spec.ClientCertificateRef { Name = "gone" }] },
        };

        var validation = ListenerPolicyCompiler.Apply(https, settings, _surroundings, "default").Tls!.ClientValidation!;

        Assert.Equal(expected, validation.Mode);
        Assert.Single(validation.CaCertificates);
        Assert.Equal(["default.clientCertificateValidation.caCertificateRefs[1]"], _surroundings.Fields);
    }

    [Fact]
    public void LocalReplies_OfWhichSomethingIsWrong()
    {
        using var json = JsonDocument.Parse("""[{"statusCodeFilter":{"op":"GE","value":500}},{"headerFilter":{"header":{"name":"X-A","value":"b"}}}]""");
        using var cel = JsonDocument.Parse("""{"match":"true"}""");
        var replies = new Spec.LocalReplySettings
        {
            DefaultBodyFormat = new SpecCommon.BodyFormat { Text = "%LOCAL_REPLY_BODY% %REQ(:path)%" },
            Mappers =
            [
                new Spec.LocalReplyMapper { Filter = new Spec.AccessLogFilter { AndFilter = [.. json.RootElement.EnumerateArray()] }, StatusCode = 503, Headers = [new Spec.LocalReplyHeader { Name = "Content-Type", Value = "x" }] },
                new Spec.LocalReplyMapper { Filter = new Spec.AccessLogFilter { CelFilter = cel.RootElement }, Body = "never" },
                new Spec.LocalReplyMapper { StatusCode = 99, BodyFormatOverride = new SpecCommon.BodyFormat { Text = "%NO%" } },
            ],
        };

        var compiled = Apply(new Spec.HttpSettings { LocalReplies = replies }, Http).Http!.LocalReplies!;

        Assert.Equal("text/plain", compiled.DefaultBodyFormat!.ContentType);
        Assert.Equal(2, compiled.Mappers.Count);
        var filters = Assert.IsType<AndFilter>(compiled.Mappers[0].Filter).Filters;
        Assert.Equal([new StatusCodeFilter(FilterComparison.AtLeast, 500), new HeaderFilter(new ValueMatch("x-a", ValueMatchType.Exact, "b"))], filters);
        Assert.Empty(compiled.Mappers[0].Headers);
        Assert.Null(compiled.Mappers[1].BodyFormat);
        Assert.Equal(
            ["mappers[0].headers[0]", "mappers[1].filter.celFilter", "mappers[2].statusCode", "mappers[2].bodyFormatOverride"],
            _surroundings.Fields.Select(field => field["default.httpSettings.localReplies.".Length..]));
    }

    [Fact]
    public void Telemetry_IsTheGateways_OrOfSomeListeners()
    {
        using var format = JsonDocument.Parse("""{"code":"%RESPONSE_CODE%"}""");
        using var attributes = JsonDocument.Parse("""{"values":[{"key":"tier","value":{"stringValue":"%REQ(X-TIER)%"}},{"key":"list","value":{"arrayValue":[{"stringValue":"a"}]}}]}""");
        var sink = new Spec.GrpcSink { BackendRef = new BackendObjectReference { Name = "collector", Namespace = "otel", Port = 4317 }, Authority = "x" };
        var http = new Spec.HttpSettings
        {
            AccessLog =
            [
                new Spec.AccessLogEntry { FileSink = new Spec.FileSink { Path = "/dev/stdout", JsonFormat = format.RootElement }, Filter = new Spec.AccessLogFilter { StatusCodeFilter = new Spec.StatusComparison { Op = "GE", Value = 400 } } },
                new Spec.AccessLogEntry { OpenTelemetry = new Spec.OpenTelemetryLog { GrpcService = sink, Body = "%PROTOCOL%", Attributes = attributes.RootElement, DisableBuiltinLabels = true } },
                new Spec.AccessLogEntry { FileSink = new Spec.FileSink { Path = "x", StringFormat = "%NO%" } },
            ],
            Tracing = new Spec.TracingSettings
            {
                Provider = new Spec.TracingProvider { OpenTelemetry = new Spec.OpenTelemetryTracing { GrpcService = sink with { Authority = null }, ServiceName = "edge" } },
                RandomSampling = 5,
                SpawnUpstreamSpan = true,
                Attributes = [new Spec.TracingAttribute { Name = "a", Literal = new Spec.LiteralValue { Value = "100%" } }, new Spec.TracingAttribute { Name = "b", RequestHeader = new Spec.RequestHeaderValue { Name = "X-B", DefaultValue = "d" } }],
            },
        };

        var whole = ListenerTelemetryCompiler.Compile(http, null, _surroundings, "default.httpSettings")!;
        Assert.Equal(2, whole.AccessLogs.Count);
        Assert.Equal(new StatusCodeFilter(FilterComparison.AtLeast, 400), whole.AccessLogs[0].Filter);
        var otlp = Assert.IsType<OtlpLogSink>(whole.AccessLogs[1].Sink);
        Assert.Equal(("collector.otel.svc", 4317, """{"tier":"%REQ(X-TIER)%","list":["a"]}"""), (otlp.Provider.Host, otlp.Provider.Port, otlp.Attributes));
        Assert.Equal((5, 100, true, "edge"), (whole.Tracing!.RandomSampling, whole.Tracing.ClientSampling, whole.Tracing.SpawnUpstreamSpan, whole.Tracing.Provider.ServiceName));
        Assert.Equal([new SpanAttribute("a", "100%%"), new SpanAttribute("b", "%REQ(X-B)%", "d")], whole.Tracing.Attributes);
        Assert.Equal(["accessLog[1].openTelemetry.grpcService.authority", "accessLog[2].fileSink"], _surroundings.Fields.Select(field => field["default.httpSettings.".Length..]));

        var some = ListenerTelemetryCompiler.Compile(http, ["http"], _surroundings, "")!;
        Assert.Null(some.Tracing);
        Assert.Equal(["http"], Assert.IsType<ListenerFilter>(Assert.IsType<AndFilter>(some.AccessLogs[0].Filter).Filters[0]).Listeners);
        Assert.Contains("tracing", _surroundings.Fields);
        Assert.Null(ListenerTelemetryCompiler.Compile(new Spec.HttpSettings(), null, _surroundings, ""));
    }

    private Listener Apply(Spec.HttpSettings http, Listener listener) =>
        ListenerPolicyCompiler.Apply(listener, new Spec.ListenerSettings { HttpSettings = http }, _surroundings, "default");
}
