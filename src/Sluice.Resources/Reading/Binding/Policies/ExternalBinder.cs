using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class ExternalBinder
{
    public static BodyBuffer BodyBuffer(PolicyNode node) => new()
    {
        MaxRequestBytes = node.NeedNumber("maxRequestBytes"),
        AllowPartialMessage = node.Flag("allowPartialMessage"),
        PackAsBytes = node.Flag("packAsBytes"),
    };

    public static ExtAuthPolicy ExtAuthPolicy(PolicyNode node) => new()
    {
        ExtensionRef = node.Part("extensionRef", CommonPolicyBinder.ExtensionReference),
        WithRequestBody = node.Part("withRequestBody", BodyBuffer),
        ContextExtensions = node.Map("contextExtensions"),
        IsDisabled = node.Has("disable"),
    };

    public static ProcessingMode ProcessingMode(PolicyNode node) => new()
    {
        RequestHeaderMode = node.Need("requestHeaderMode"),
        ResponseHeaderMode = node.Need("responseHeaderMode"),
        RequestBodyMode = node.Need("requestBodyMode"),
        ResponseBodyMode = node.Need("responseBodyMode"),
        RequestTrailerMode = node.Need("requestTrailerMode"),
        ResponseTrailerMode = node.Need("responseTrailerMode"),
    };

    public static ExtProcPolicy ExtProcPolicy(PolicyNode node) => new()
    {
        ExtensionRef = node.Part("extensionRef", CommonPolicyBinder.ExtensionReference),
        ProcessingMode = node.Part("processingMode", ProcessingMode),
        IsDisabled = node.Has("disable"),
    };

    public static JwtAuthPolicy JwtAuthPolicy(PolicyNode node) => new()
    {
        ExtensionRef = node.Part("extensionRef", CommonPolicyBinder.ExtensionReference),
        IsDisabled = node.Has("disable"),
    };

    public static OAuth2Policy OAuth2Policy(PolicyNode node) => new()
    {
        ExtensionRef = node.NeedPart("extensionRef", CommonPolicyBinder.ExtensionReference),
    };
}
