using System.Text.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Configuration.Json;

/// <summary>Reads and writes changes of fields. Values of Secrets are left out together with private keys.</summary>
internal static class HeaderModifiersJson
{
    public static HeaderModifiersPolicy? Read(JsonElement policies) => policies.OptionalMember("headerModifiers") is not { } element ? null : new HeaderModifiersPolicy
    {
        Request = Rules(element, "request"),
        Response = Rules(element, "response"),
    };

    public static void Write(Utf8JsonWriter writer, HeaderModifiersPolicy? policy, Secrets secrets)
    {
        if (policy is null)
            return;
        writer.WriteStartObject("headerModifiers");
        Write(writer, "request", policy.Request, secrets);
        Write(writer, "response", policy.Response, secrets);
        writer.WriteEndObject();
    }

    private static HeaderRules? Rules(JsonElement owner, string name) => owner.OptionalMember(name) is not { } element ? null : new HeaderRules
    {
        Set = element.List("set", Source),
        Add = element.List("add", Source),
        Remove = element.Texts("remove"),
    };

    private static HeaderSource Source(JsonElement element) => new()
    {
        Name = element.Text("name"),
        Format = element.OptionalText("format"),
        Secret = element.OptionalText("secret") is { } secret ? new SecretText(secret) : element.Flag("isSecret") ? SecretText.Withheld : null,
    };

    private static void Write(Utf8JsonWriter writer, string name, HeaderRules? rules, Secrets secrets)
    {
        if (rules is null)
            return;
        writer.WriteStartObject(name);
        AuthenticationWriter.WriteList(writer, "set", rules.Set, (source, output) => Write(output, source, secrets));
        AuthenticationWriter.WriteList(writer, "add", rules.Add, (source, output) => Write(output, source, secrets));
        PolicyWriter.Write(writer, "remove", rules.Remove);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, HeaderSource source, Secrets secrets)
    {
        writer.WriteString("name", source.Name);
        RequestPolicyWriter.WriteText(writer, "format", source.Format);
        if (source.Secret is not { } secret)
            return;
        writer.WriteBoolean("isSecret", true);
        AuthenticationWriter.WriteSecret(writer, "secret", secret, secrets);
    }
}
