using System.Text.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Configuration.Json;

/// <summary>Reads the policies that ask who a client is. Where a secret was left out it is <see cref="SecretText.Withheld"/>.</summary>
internal static class AuthenticationReader
{
    public static BasicAuthPolicy? BasicAuth(JsonElement policies) => policies.OptionalMember("basicAuth") is not { } element ? null : new BasicAuthPolicy
    {
        Realm = element.Text("realm"),
        Users = element.List("users", user => new BasicAuthUser(user.Text("name"), Secret(user, "hash"))),
        UsernameHeader = element.OptionalText("usernameHeader"),
        ForwardCredential = element.Flag("forwardCredential"),
    };

    public static ApiKeyPolicy? ApiKey(JsonElement policies) => policies.OptionalMember("apiKey") is not { } element ? null : new ApiKeyPolicy
    {
        Sources = element.List("sources", source => new ApiKeySource
        {
            Header = source.OptionalText("header"),
            Query = source.OptionalText("query"),
            Cookie = source.OptionalText("cookie"),
        }),
        Clients = element.List("clients", client => new ApiKeyClient(client.Text("id"), Secret(client, "key"))),
        ClientIdHeader = element.OptionalText("clientIdHeader"),
        ForwardCredential = element.Flag("forwardCredential"),
    };

    public static JwtPolicy? Jwt(JsonElement policies) => policies.OptionalMember("jwt") is not { } element ? null : new JwtPolicy
    {
        ValidationMode = element.Choice<JwtValidationMode>("validationMode"),
        Providers = element.List("providers", Provider),
    };

    private static JwtProvider Provider(JsonElement element) => new()
    {
        Name = element.Text("name"),
        Issuer = element.OptionalText("issuer"),
        Audiences = element.Texts("audiences"),
        Sources = element.List("sources", source => new JwtSource
        {
            Header = source.OptionalText("header"),
            Prefix = source.OptionalText("prefix") ?? "",
            Query = source.OptionalText("query"),
            Cookie = source.OptionalText("cookie"),
        }),
        ClaimsToHeaders = element.List("claimsToHeaders", claim => new ClaimToHeader(claim.Text("claim"), claim.Text("header"))),
        InlineJwks = element.OptionalText("inlineJwks"),
        RemoteJwks = element.OptionalMember("remoteJwks") is { } remote
            ? new RemoteJwks
            {
                Url = remote.Text("url"),
                Cluster = remote.Text("cluster"),
                CacheDuration = RequestPolicyReader.Time(remote, "cacheDuration"),
                AsyncFetch = remote.Flag("asyncFetch"),
                FailedRefetchDuration = RequestPolicyReader.Time(remote, "failedRefetchDuration"),
            }
            : null,
        ForwardToken = element.Flag("forwardToken"),
        ClockSkew = RequestPolicyReader.Time(element, "clockSkew"),
    };

    private static SecretText Secret(JsonElement element, string name) => element.OptionalText(name) is { } text ? new SecretText(text) : SecretText.Withheld;
}
