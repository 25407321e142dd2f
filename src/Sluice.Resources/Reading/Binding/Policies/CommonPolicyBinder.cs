using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class CommonPolicyBinder
{
    public static ExtensionReference ExtensionReference(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        Namespace = node.Text("namespace"),
    };

    public static SecretKeyReference SecretKeyReference(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        Key = node.Text("key"),
        Namespace = node.Text("namespace"),
    };

    public static StringMatcher StringMatcher(PolicyNode node) => new()
    {
        Exact = node.Text("exact"),
        Prefix = node.Text("prefix"),
        Suffix = node.Text("suffix"),
        Contains = node.Text("contains"),
        SafeRegex = node.Text("safeRegex"),
        IgnoreCase = node.Flag("ignoreCase"),
    };

    public static HeaderMatcher HeaderMatcher(PolicyNode node) => new()
    {
        Type = node.Need("type"),
        Name = node.Need("name"),
        Value = node.Need("value"),
    };

    public static Backoff Backoff(PolicyNode node) => new()
    {
        BaseInterval = node.NeedTime("baseInterval"),
        MaxInterval = node.Time("maxInterval"),
    };

    public static GrpcRetry GrpcRetry(PolicyNode node) => new()
    {
        Attempts = node.NeedNumber("attempts"),
        Backoff = node.Part("backoff", Backoff),
    };

    public static GrpcServiceSettings GrpcServiceSettings(PolicyNode node) => new()
    {
        BackendRef = node.NeedPart("backendRef", PolicyReferences.Backend),
        Authority = node.Text("authority"),
        RequestTimeout = node.Time("requestTimeout"),
        Retry = node.Part("retry", GrpcRetry),
    };

    public static TcpKeepalive TcpKeepalive(PolicyNode node) => new()
    {
        KeepAliveProbes = node.Number("keepAliveProbes"),
        KeepAliveTime = node.Time("keepAliveTime"),
        KeepAliveInterval = node.Time("keepAliveInterval"),
    };

    public static BodyFormat BodyFormat(PolicyNode node) => new()
    {
        Text = node.Text("text"),
        Json = node.Json("json"),
        ContentType = node.Text("contentType"),
    };
}
