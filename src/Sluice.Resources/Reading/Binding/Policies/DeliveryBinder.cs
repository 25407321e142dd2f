using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class DeliveryBinder
{
    public static BufferPolicy BufferPolicy(PolicyNode node) => new()
    {
        MaxRequestSize = node.Bytes("maxRequestSize"),
        IsDisabled = node.Has("disable"),
    };

    public static TimeoutPolicy TimeoutPolicy(PolicyNode node) => new()
    {
        Request = node.Time("request"),
        StreamIdle = node.Time("streamIdle"),
    };

    public static RetryPolicySettings RetryPolicySettings(PolicyNode node) => new()
    {
        RetryOn = node.Texts("retryOn"),
        Attempts = node.NeedNumber("attempts"),
        PerTryTimeout = node.Time("perTryTimeout"),
        StatusCodes = node.Numbers("statusCodes"),
        BackoffBaseInterval = node.NeedTime("backoffBaseInterval"),
    };

    public static InternalRedirectPolicy InternalRedirectPolicy(PolicyNode node) => new()
    {
        RedirectResponseCodes = node.Numbers("redirectResponseCodes"),
        AllowCrossSchemeRedirect = node.Flag("allowCrossSchemeRedirect"),
        ResponseHeadersToCopy = node.Texts("responseHeadersToCopy"),
        MaxRedirects = node.NeedNumber("maxRedirects"),
    };

    public static PathRegexRewrite PathRegexRewrite(PolicyNode node) => new()
    {
        Pattern = node.Need("pattern"),
        Substitution = node.Need("substitution"),
    };

    public static UrlRewritePolicy UrlRewritePolicy(PolicyNode node) => new()
    {
        PathRegex = node.NeedPart("pathRegex", PathRegexRewrite),
    };

    public static CompressionSettings CompressionSettings(PolicyNode node) => new()
    {
        Libraries = node.Texts("libraries"),
        IsDisabled = node.Has("disable"),
    };

    public static CompressionPolicy CompressionPolicy(PolicyNode node) => new()
    {
        ResponseCompression = node.Part("responseCompression", CompressionSettings),
        RequestDecompression = node.Part("requestDecompression", CompressionSettings),
    };

    public static RequestMirrorPolicy RequestMirrorPolicy(PolicyNode node) => new()
    {
        DisableShadowHostSuffixAppend = node.Flag("disableShadowHostSuffixAppend"),
        HostRewriteLiteral = node.Text("hostRewriteLiteral"),
    };

    public static FaultDelay FaultDelay(PolicyNode node) => new()
    {
        FixedDelay = node.NeedTime("fixedDelay"),
        Percentage = node.NeedNumber("percentage"),
    };

    public static FaultAbort FaultAbort(PolicyNode node) => new()
    {
        HttpStatus = node.Number("httpStatus"),
        GrpcStatus = node.Number("grpcStatus"),
        Percentage = node.NeedNumber("percentage"),
    };

    public static FaultRate FaultRate(PolicyNode node) => new()
    {
        KbitsPerSecond = node.NeedNumber("kbitsPerSecond"),
        Percentage = node.NeedNumber("percentage"),
    };

    public static FaultInjectionPolicy FaultInjectionPolicy(PolicyNode node) => new()
    {
        Delay = node.Part("delay", FaultDelay),
        Abort = node.Part("abort", FaultAbort),
        ResponseRateLimit = node.Part("responseRateLimit", FaultRate),
        MaxActiveFaults = node.Number("maxActiveFaults"),
        IsDisabled = node.Has("disable"),
    };
}
