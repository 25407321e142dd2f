using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class CredentialBinder
{
    public static BasicAuthPolicy BasicAuthPolicy(PolicyNode node) => new()
    {
        Users = node.Texts("users"),
        SecretRef = node.Part("secretRef", CommonPolicyBinder.SecretKeyReference),
        IsDisabled = node.Has("disable"),
    };

    public static ApiKeySource ApiKeySource(PolicyNode node) => new()
    {
        Header = node.Text("header"),
        Query = node.Text("query"),
        Cookie = node.Text("cookie"),
    };

    public static ApiKeySelector ApiKeySelector(PolicyNode node) => new()
    {
        MatchLabels = node.Map("matchLabels"),
    };

    public static ApiKeyAuthPolicy ApiKeyAuthPolicy(PolicyNode node) => new()
    {
        KeySources = node.List("keySources", ApiKeySource),
        ForwardCredential = node.Flag("forwardCredential"),
        ClientIdHeader = node.Text("clientIdHeader"),
        SecretRef = node.Part("secretRef", CommonPolicyBinder.SecretKeyReference),
        SecretSelector = node.Part("secretSelector", ApiKeySelector),
        IsDisabled = node.Has("disable"),
    };
}
