using Sluice.Resources.Policies.Listeners;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class ListenerSettingsBinder
{
    public static ProxyProtocolPolicy ProxyProtocolPolicy(PolicyNode node) => new()
    {
        AllowRequestsWithoutProxyProtocol = node.Flag("allowRequestsWithoutProxyProtocol"),
    };

    public static ClientCertificateRef ClientCertificateRef(PolicyNode node) => new()
    {
        Group = node.Need("group"),
        Kind = node.Need("kind"),
        Name = node.Need("name"),
        Namespace = node.Text("namespace"),
    };

    public static ClientCertificatePolicy ClientCertificatePolicy(PolicyNode node) => new()
    {
        Mode = node.Need("mode"),
        CaCertificateRefs = node.List("caCertificateRefs", ClientCertificateRef),
    };

    public static UpgradeSettings UpgradeSettings(PolicyNode node) => new()
    {
        EnabledUpgrades = node.Texts("enabledUpgrades"),
    };

    public static UuidRequestId UuidRequestId(PolicyNode node) => new()
    {
        PackTraceReason = node.Flag("packTraceReason"),
        UseRequestIdForTraceSampling = node.Flag("useRequestIdForTraceSampling"),
    };

    public static ListenerHttp2 ListenerHttp2(PolicyNode node) => new()
    {
        InitialStreamWindowSize = node.Bytes("initialStreamWindowSize"),
        InitialConnectionWindowSize = node.Bytes("initialConnectionWindowSize"),
        MaxConcurrentStreams = node.Number("maxConcurrentStreams"),
        AllowConnect = node.Flag("allowConnect"),
    };

    public static HealthCheckPath HealthCheckPath(PolicyNode node) => new()
    {
        Path = node.Need("path"),
    };

    public static EarlyHeaderValue EarlyHeaderValue(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        Value = node.Need("value"),
    };

    public static EarlyHeaders EarlyHeaders(PolicyNode node) => new()
    {
        Set = node.List("set", EarlyHeaderValue),
        Add = node.List("add", EarlyHeaderValue),
        Remove = node.Texts("remove"),
    };

    public static ClientCertDetails ClientCertDetails(PolicyNode node) => new()
    {
        Subject = node.Flag("subject"),
        Cert = node.Flag("cert"),
        Chain = node.Flag("chain"),
        Dns = node.Flag("dns"),
        Uri = node.Flag("uri"),
    };

    public static ForwardClientCert ForwardClientCert(PolicyNode node) => new()
    {
        Mode = node.Need("mode"),
        Details = node.Part("details", ClientCertDetails),
    };

    public static HttpSettings HttpSettings(PolicyNode node) => new()
    {
        AccessLog = node.List("accessLog", AccessLogBinder.AccessLogEntry),
        Tracing = node.Part("tracing", TelemetryBinder.TracingSettings),
        LocalReplies = node.Part("localReplies", AccessLogBinder.LocalReplySettings),
        UpgradeConfig = node.Part("upgradeConfig", UpgradeSettings),
        UseRemoteAddress = node.Flag("useRemoteAddress"),
        XffNumTrustedHops = node.Number("xffNumTrustedHops"),
        XffTrustedCidrs = node.Texts("xffTrustedCIDRs"),
        SkipXffAppend = node.Flag("skipXFFAppend"),
        PreserveExternalRequestId = node.Flag("preserveExternalRequestId"),
        GenerateRequestId = node.Flag("generateRequestId"),
        UuidRequestIdConfig = node.Part("uuidRequestIdConfig", UuidRequestId),
        ServerHeaderTransformation = node.Need("serverHeaderTransformation"),
        ServerName = node.Text("serverName"),
        StreamIdleTimeout = node.Time("streamIdleTimeout"),
        IdleTimeout = node.Time("idleTimeout"),
        MaxRequestsPerConnection = node.Number("maxRequestsPerConnection"),
        MaxHeadersCount = node.NeedNumber("maxHeadersCount"),
        MaxRequestHeadersKb = node.NeedNumber("maxRequestHeadersKb"),
        Http2ProtocolOptions = node.Part("http2ProtocolOptions", ListenerHttp2),
        HealthCheck = node.Part("healthCheck", HealthCheckPath),
        PreserveHttp1HeaderCase = node.Flag("preserveHttp1HeaderCase"),
        AcceptHttp10 = node.Flag("acceptHttp10"),
        DefaultHostForHttp10 = node.Text("defaultHostForHttp10"),
        EarlyRequestHeaderModifier = node.Part("earlyRequestHeaderModifier", EarlyHeaders),
        ForwardClientCertDetails = node.Part("forwardClientCertDetails", ForwardClientCert),
        StripHostPortMode = node.Text("stripHostPortMode"),
        StripTrailingHostDot = node.Flag("stripTrailingHostDot"),
        Proxy100Continue = node.Flag("proxy100Continue"),
    };

    public static ListenerSettings ListenerSettings(PolicyNode node) => new()
    {
        ProxyProtocol = node.Part("proxyProtocol", ProxyProtocolPolicy),
        TcpKeepalive = node.Part("tcpKeepalive", CommonPolicyBinder.TcpKeepalive),
        PerConnectionBufferLimitBytes = node.Number("perConnectionBufferLimitBytes"),
        TransportSocketConnectTimeout = node.Time("transportSocketConnectTimeout"),
        ClientCertificateValidation = node.Part("clientCertificateValidation", ClientCertificatePolicy),
        HttpSettings = node.Part("httpSettings", HttpSettings),
    };

    public static PortSettings PortSettings(PolicyNode node) => new()
    {
        Port = node.NeedNumber("port"),
        Listener = node.NeedPart("listener", ListenerSettings),
    };
}
