using Sluice.Resources.Policies.Listeners;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class TelemetryBinder
{
    public static LiteralValue LiteralValue(PolicyNode node) => new()
    {
        Value = node.Need("value"),
    };

    public static EnvironmentValue EnvironmentValue(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        DefaultValue = node.Text("defaultValue"),
    };

    public static RequestHeaderValue RequestHeaderValue(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        DefaultValue = node.Text("defaultValue"),
    };

    public static MetadataPathSegment MetadataPathSegment(PolicyNode node) => new()
    {
        Key = node.Need("key"),
    };

    public static MetadataKeyPath MetadataKeyPath(PolicyNode node) => new()
    {
        Key = node.Need("key"),
        Path = node.List("path", MetadataPathSegment),
    };

    public static MetadataSource MetadataSource(PolicyNode node) => new()
    {
        Kind = node.Need("kind"),
        MetadataKey = node.NeedPart("metadataKey", MetadataKeyPath),
        DefaultValue = node.Text("defaultValue"),
    };

    public static TracingAttribute TracingAttribute(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        Literal = node.Part("literal", LiteralValue),
        Environment = node.Part("environment", EnvironmentValue),
        RequestHeader = node.Part("requestHeader", RequestHeaderValue),
        Metadata = node.Part("metadata", MetadataSource),
    };

    public static DetectorSwitch DetectorSwitch(PolicyNode node) => new()
    {
        Enable = node.Flag("enable"),
    };

    public static ResourceDetector ResourceDetector(PolicyNode node) => new()
    {
        EnvironmentResourceDetector = node.Part("environmentResourceDetector", DetectorSwitch),
    };

    public static TracingSampler TracingSampler(PolicyNode node) => new()
    {
        IsAlwaysOn = node.Has("alwaysOnConfig"),
    };

    public static GrpcMetadata GrpcMetadata(PolicyNode node) => new()
    {
        Key = node.Need("key"),
        Value = node.Need("value"),
    };

    public static GrpcRetryBackoff GrpcRetryBackoff(PolicyNode node) => new()
    {
        RetryBackOff = node.Part("retryBackOff", CommonPolicyBinder.Backoff),
        NumRetries = node.NeedNumber("numRetries"),
    };

    public static GrpcSink GrpcSink(PolicyNode node) => new()
    {
        BackendRef = node.NeedPart("backendRef", PolicyReferences.Backend),
        Authority = node.Text("authority"),
        MaxReceiveMessageLength = node.Number("maxReceiveMessageLength"),
        SkipEnvoyHeaders = node.Flag("skipEnvoyHeaders"),
        Timeout = node.Time("timeout"),
        InitialMetadata = node.List("initialMetadata", GrpcMetadata),
        RetryPolicy = node.Part("retryPolicy", GrpcRetryBackoff),
    };

    public static OpenTelemetryTracing OpenTelemetryTracing(PolicyNode node) => new()
    {
        GrpcService = node.NeedPart("grpcService", GrpcSink),
        ServiceName = node.Text("serviceName"),
        ResourceDetectors = node.List("resourceDetectors", ResourceDetector),
        Sampler = node.Part("sampler", TracingSampler),
    };

    public static TracingProvider TracingProvider(PolicyNode node) => new()
    {
        OpenTelemetry = node.NeedPart("openTelemetry", OpenTelemetryTracing),
    };

    public static TracingSettings TracingSettings(PolicyNode node) => new()
    {
        Provider = node.NeedPart("provider", TracingProvider),
        ClientSampling = node.NeedNumber("clientSampling"),
        RandomSampling = node.NeedNumber("randomSampling"),
        OverallSampling = node.NeedNumber("overallSampling"),
        Verbose = node.Flag("verbose"),
        MaxPathTagLength = node.NeedNumber("maxPathTagLength"),
        Attributes = node.List("attributes", TracingAttribute),
        SpawnUpstreamSpan = node.Flag("spawnUpstreamSpan"),
    };
}
