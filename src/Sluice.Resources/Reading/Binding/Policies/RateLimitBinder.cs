using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class RateLimitBinder
{
    public static TokenBucket TokenBucket(PolicyNode node) => new()
    {
        MaxTokens = node.NeedNumber("maxTokens"),
        TokensPerFill = node.NeedNumber("tokensPerFill"),
        FillInterval = node.NeedTime("fillInterval"),
    };

    public static LocalRateLimit LocalRateLimit(PolicyNode node) => new()
    {
        TokenBucket = node.Part("tokenBucket", TokenBucket),
        PercentEnabled = node.NeedNumber("percentEnabled"),
        PercentEnforced = node.NeedNumber("percentEnforced"),
    };

    public static RateLimitGenericEntry RateLimitGenericEntry(PolicyNode node) => new()
    {
        Key = node.Need("key"),
        Value = node.Need("value"),
    };

    public static RateLimitEntry RateLimitEntry(PolicyNode node) => new()
    {
        Type = node.Need("type"),
        Generic = node.Part("generic", RateLimitGenericEntry),
        Header = node.Text("header"),
    };

    public static RateLimitDescriptor RateLimitDescriptor(PolicyNode node) => new()
    {
        Entries = node.List("entries", RateLimitEntry),
    };

    public static GlobalRateLimit GlobalRateLimit(PolicyNode node) => new()
    {
        ExtensionRef = node.NeedPart("extensionRef", CommonPolicyBinder.ExtensionReference),
        Descriptors = node.List("descriptors", RateLimitDescriptor),
    };

    public static RateLimitQuotaBucket RateLimitQuotaBucket(PolicyNode node) => new()
    {
        Key = node.Need("key"),
        Type = node.Need("type"),
        Value = node.Text("value"),
        Header = node.Text("header"),
    };

    public static ExpiredAssignment ExpiredAssignment(PolicyNode node) => new()
    {
        Timeout = node.Time("timeout"),
        Strategy = node.Text("strategy"),
    };

    public static RateLimitQuota RateLimitQuota(PolicyNode node) => new()
    {
        ExtensionRef = node.NeedPart("extensionRef", CommonPolicyBinder.ExtensionReference),
        Bucket = node.List("bucket", RateLimitQuotaBucket),
        ReportingInterval = node.NeedTime("reportingInterval"),
        DenyStatus = node.Number("denyStatus"),
        NoAssignmentBehavior = node.Text("noAssignmentBehavior"),
        ExpiredAssignmentBehavior = node.Part("expiredAssignmentBehavior", ExpiredAssignment),
    };

    public static RateLimitPolicy RateLimitPolicy(PolicyNode node) => new()
    {
        Local = node.Part("local", LocalRateLimit),
        Global = node.Part("global", GlobalRateLimit),
        Quota = node.Part("quota", RateLimitQuota),
    };
}
