using System.Text.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Configuration.Json;

/// <summary>Writes the policies that ask services.</summary>
internal static class ExternalServiceWriter
{
    public static void Write(Utf8JsonWriter writer, ExtAuthPolicy? policy)
    {
        if (policy is null)
            return;
        writer.WriteStartObject("extAuth");
        Write(writer, "grpc", policy.Grpc);
        if (policy.Http is { } http)
            Write(writer, http);
        Write(writer, "headersToForward", policy.HeadersToForward);
        if (policy.FailOpen)
            writer.WriteBoolean("failOpen", true);
        writer.WriteNumber("statusOnError", policy.StatusOnError);
        Write(writer, "contextExtensions", policy.ContextExtensions);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<GlobalRateLimitPolicy> limits)
    {
        if (limits.Count == 0)
            return;
        writer.WriteStartArray("globalRateLimits");
        foreach (var limit in limits)
        {
            writer.WriteStartObject();
            Write(writer, "service", limit.Service);
            writer.WriteString("domain", limit.Domain);
            writer.WriteBoolean("failOpen", limit.FailOpen);
            if (limit.SendHeaders)
                writer.WriteBoolean("sendHeaders", true);
            writer.WriteStartArray("descriptors");
            foreach (var descriptor in limit.Descriptors)
                Write(writer, descriptor);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, RateLimitDescriptor descriptor)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("entries");
        foreach (var entry in descriptor.Entries)
        {
            writer.WriteStartObject();
            writer.WriteString("type", entry.Type.ToString());
            writer.WriteString("key", entry.Key);
            RequestPolicyWriter.WriteText(writer, "value", entry.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ExtAuthHttpService http)
    {
        writer.WriteStartObject("http");
        writer.WriteString("cluster", http.Cluster);
        if (http.PathPrefix.Length > 0)
            writer.WriteString("pathPrefix", http.PathPrefix);
        PolicyWriter.Write(writer, "timeout", http.Timeout);
        Write(writer, http.Retry);
        Write(writer, "headersToAdd", http.HeadersToAdd);
        Write(writer, "headersToBackend", http.HeadersToBackend);
        Write(writer, "headersToClient", http.HeadersToClient);
        Write(writer, "headersToClientOnSuccess", http.HeadersToClientOnSuccess);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, GrpcService? service)
    {
        if (service is null)
            return;
        writer.WriteStartObject(name);
        writer.WriteString("cluster", service.Cluster);
        writer.WriteString("authority", service.Authority);
        PolicyWriter.Write(writer, "timeout", service.Timeout);
        Write(writer, service.Retry);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, CallRetry? retry)
    {
        if (retry is null)
            return;
        writer.WriteStartObject("retry");
        writer.WriteNumber("attempts", retry.Attempts);
        PolicyWriter.Write(writer, "baseInterval", retry.BaseInterval);
        PolicyWriter.Write(writer, "maxInterval", retry.MaxInterval);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
            PolicyWriter.Write(writer, name, texts);
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<HeaderValue> fields)
    {
        if (fields.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var field in fields)
        {
            writer.WriteStartObject();
            writer.WriteString("name", field.Name);
            writer.WriteString("value", field.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
