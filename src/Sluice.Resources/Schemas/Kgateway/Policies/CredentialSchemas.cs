using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Traffic"/> holds of the same names.</summary>
internal static class CredentialSchemas
{
    public static SchemaNode BasicAuthPolicy { get; } = Object(
        Optional("users", List(Text(1, 1024), 1, 256) with { IsSecret = true }, "Lines of an htpasswd file: \"name:{SHA}...\"."),
        Optional("secretRef", CommonPolicySchemas.SecretKeyReference, "A Secret with such lines under .htpasswd, or under the key."),
        Optional("disable", Object(), "Turns off what is inherited."))
        .OneOf("users secretRef disable");

    public static SchemaNode ApiKeySource { get; } = Object(
        Optional("header", NameSchemas.HeaderName, "A field."),
        Optional("query", Text(1, 256), "A parameter of the query."),
        Optional("cookie", Text(1, 256), "A cookie."))
        .AnyOf("header query cookie");

    public static SchemaNode ApiKeySelector { get; } = Object(
        Required("matchLabels", PolicyShapes.Labels, "All must be there."));

    public static SchemaNode ApiKeyAuthPolicy { get; } = Object(
        Optional("keySources", List(ApiKeySource, max: 16), "Where keys are looked for, in order. Empty: in the field api-key."),
        Optional("forwardCredential", Flag.Default("false"), "Whether backends see the key."),
        Optional("clientIdHeader", NameSchemas.HeaderName, "A field that tells the backend whose key it is."),
        Optional("secretRef", CommonPolicySchemas.SecretKeyReference, "A Secret with the keys, by client."),
        Optional("secretSelector", ApiKeySelector, "Secrets with the keys, by client."),
        Optional("disable", Object(), "Turns off what is inherited."))
        .OneOf("secretRef secretSelector disable");
}
