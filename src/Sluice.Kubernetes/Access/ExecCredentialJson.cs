using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sluice.Kubernetes.Access;

/// <summary>client.authentication.k8s.io ExecCredential, both ways.</summary>
internal static class ExecCredentialJson
{
    /// <summary>What the plugin is told in KUBERNETES_EXEC_INFO.</summary>
    public static string WriteRequest(ExecPlugin plugin, bool isInteractive)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", "ExecCredential");
            writer.WriteString("apiVersion", plugin.ApiVersion);
            writer.WriteStartObject("spec");
            if (plugin.ClusterJson is { } cluster)
            {
                writer.WritePropertyName("cluster");
                writer.WriteRawValue(cluster);
            }

            writer.WriteBoolean("interactive", isInteractive);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="ClusterAccessException">It is not what was asked for. The message shows nothing of it.</exception>
    public static ExecCredential Read(ExecPlugin plugin, ReadOnlyMemory<byte> output)
    {
        var origin = $"{plugin.Purpose}: what {plugin.Command} printed";
        try
        {
            using var document = JsonDocument.Parse(output);
            var root = document.RootElement;
            if (Text(root, "kind", origin) != "ExecCredential")
                throw new ClusterAccessException($"{origin} is no ExecCredential");
            if (Text(root, "apiVersion", origin) is var version && version != plugin.ApiVersion)
                throw new ClusterAccessException($"{origin} has the apiVersion \"{version}\", but {plugin.ApiVersion} was asked for");
            if (!root.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object)
                throw new ClusterAccessException($"{origin} has no status");
            return ReadStatus(status, origin);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new ClusterAccessException($"{origin} is not valid JSON");
        }
    }

    private static ExecCredential ReadStatus(JsonElement status, string origin)
    {
        var token = Text(status, "token", origin);
        var certificate = Text(status, "clientCertificateData", origin);
        var key = Text(status, "clientKeyData", origin);
        if (token is null && certificate is null && key is null)
            throw new ClusterAccessException($"{origin} has neither status.token nor status.clientCertificateData");
        if (certificate is null != key is null)
            throw new ClusterAccessException($"{origin} must have both status.clientCertificateData and status.clientKeyData, or neither");
        DateTimeOffset? expires = null;
        if (Text(status, "expirationTimestamp", origin) is { } text)
        {
            expires = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : throw new ClusterAccessException($"{origin} has a status.expirationTimestamp that is no RFC 3339 time");
        }

        return new ExecCredential(
            new Credential(
                token is null ? null : "Bearer " + BearerToken.Check(token, $"{origin}: status.token"),
                certificate is null ? null : ClientCertificate.Load(certificate, key!, $"{origin}: status.clientCertificateData", $"{origin}: status.clientKeyData")),
            expires);
    }

    private static string? Text(JsonElement element, string name, string origin)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : throw new ClusterAccessException($"{origin}: {name} must be a string");
        return text!.Length == 0 ? null : text;
    }
}
