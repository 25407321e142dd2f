using System.Text.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Configuration.Json;

/// <summary>Writes the policies that ask who a client is. Passwords and keys are left out together with private keys.</summary>
internal static class AuthenticationWriter
{
    public static void Write(Utf8JsonWriter writer, BasicAuthPolicy? basic, Secrets secrets)
    {
        if (basic is null)
            return;
        writer.WriteStartObject("basicAuth");
        writer.WriteString("realm", basic.Realm);
        WriteList(writer, "users", basic.Users, (user, output) =>
        {
            output.WriteString("name", user.Name);
            WriteSecret(output, "hash", user.Hash, secrets);
        });
        RequestPolicyWriter.WriteText(writer, "usernameHeader", basic.UsernameHeader);
        writer.WriteBoolean("forwardCredential", basic.ForwardCredential);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, ApiKeyPolicy? policy, Secrets secrets)
    {
        if (policy is null)
            return;
        writer.WriteStartObject("apiKey");
        WriteList(writer, "sources", policy.Sources, (source, output) =>
        {
            RequestPolicyWriter.WriteText(output, "header", source.Header);
            RequestPolicyWriter.WriteText(output, "query", source.Query);
            RequestPolicyWriter.WriteText(output, "cookie", source.Cookie);
        });
        WriteList(writer, "clients", policy.Clients, (client, output) =>
        {
            output.WriteString("id", client.Id);
            WriteSecret(output, "key", client.Key, secrets);
        });
        RequestPolicyWriter.WriteText(writer, "clientIdHeader", policy.ClientIdHeader);
        writer.WriteBoolean("forwardCredential", policy.ForwardCredential);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, JwtPolicy? jwt)
    {
        if (jwt is null)
            return;
        writer.WriteStartObject("jwt");
        writer.WriteString("validationMode", jwt.ValidationMode.ToString());
        WriteList(writer, "providers", jwt.Providers, Write);
        writer.WriteEndObject();
    }

    private static void Write(JwtProvider provider, Utf8JsonWriter writer)
    {
        writer.WriteString("name", provider.Name);
        RequestPolicyWriter.WriteText(writer, "issuer", provider.Issuer);
        PolicyWriter.Write(writer, "audiences", provider.Audiences);
        WriteList(writer, "sources", provider.Sources, (source, output) =>
        {
            RequestPolicyWriter.WriteText(output, "header", source.Header);
            if (source.Prefix.Length > 0)
                output.WriteString("prefix", source.Prefix);
            RequestPolicyWriter.WriteText(output, "query", source.Query);
            RequestPolicyWriter.WriteText(output, "cookie", source.Cookie);
        });
        WriteList(writer, "claimsToHeaders", provider.ClaimsToHeaders, (claim, output) =>
        {
            output.WriteString("claim", claim.Claim);
            output.WriteString("header", claim.Header);
        });
        RequestPolicyWriter.WriteText(writer, "inlineJwks", provider.InlineJwks);
        if (provider.RemoteJwks is { } remote)
        {
            writer.WriteStartObject("remoteJwks");
            writer.WriteString("url", remote.Url);
            writer.WriteString("cluster", remote.Cluster);
            PolicyWriter.Write(writer, "cacheDuration", remote.CacheDuration);
            writer.WriteBoolean("asyncFetch", remote.AsyncFetch);
            PolicyWriter.Write(writer, "failedRefetchDuration", remote.FailedRefetchDuration);
            writer.WriteEndObject();
        }
        writer.WriteBoolean("forwardToken", provider.ForwardToken);
        PolicyWriter.Write(writer, "clockSkew", provider.ClockSkew);
    }

    public static void WriteSecret(Utf8JsonWriter writer, string name, SecretText text, Secrets secrets)
    {
        if (secrets == Secrets.Included && !ReferenceEquals(text, SecretText.Withheld))
            writer.WriteString(name, text.Reveal());
    }

    public static void WriteList<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<T, Utf8JsonWriter> write)
    {
        if (items.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item, writer);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
