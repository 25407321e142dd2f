using System.Text.Json;

namespace Sluice.Configuration.Json;

/// <summary>Writes matches, rules and actions.</summary>
internal static class RuleWriter
{
    public static void Write(Utf8JsonWriter writer, RouteMatch match)
    {
        writer.WriteStartObject("match");
        writer.WriteStartObject("path");
        writer.WriteString("type", match.Path.Type.ToString());
        writer.WriteString("value", match.Path.Value);
        writer.WriteEndObject();
        if (match.Method is not null)
            writer.WriteString("method", match.Method);
        Write(writer, "headers", match.Headers);
        Write(writer, "queryParams", match.QueryParams);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, RouteRule rule, Secrets secrets)
    {
        writer.WriteStartObject();
        writer.WriteString("id", ConfigurationWriter.RuleId(rule));
        writer.WriteString("route", rule.Route);
        writer.WriteNumber("index", rule.Index);
        if (rule.Name is not null)
            writer.WriteString("name", rule.Name);
        if (rule.IsGrpc)
            writer.WriteBoolean("isGrpc", true);
        writer.WritePropertyName("action");
        Write(writer, rule.Action);
        Write(writer, "requestHeaders", rule.RequestHeaders);
        Write(writer, "responseHeaders", rule.ResponseHeaders);
        Write(writer, rule.UrlRewrite);
        PolicyWriter.Write(writer, rule.Timeouts);
        PolicyWriter.Write(writer, rule.Retry);
        PolicyWriter.Write(writer, rule.InternalRedirect);
        PolicyWriter.Write(writer, rule.Mirrors);
        PolicyWriter.Write(writer, rule.Cors);
        PolicyWriter.Write(writer, rule.SessionPersistence);
        RequestPolicyWriter.Write(writer, rule.Policies, secrets);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RouteAction action)
    {
        writer.WriteStartObject();
        switch (action)
        {
            case ForwardAction forward:
                writer.WriteString("type", "Forward");
                writer.WriteStartArray("backends");
                foreach (var backend in forward.Backends)
                    Write(writer, backend);
                writer.WriteEndArray();
                break;
            case RedirectAction redirect:
                writer.WriteString("type", "Redirect");
                writer.WriteNumber("statusCode", redirect.StatusCode);
                if (redirect.Scheme is not null)
                    writer.WriteString("scheme", redirect.Scheme);
                if (redirect.Hostname is not null)
                    writer.WriteString("hostname", redirect.Hostname);
                if (redirect.Port is { } port)
                    writer.WriteNumber("port", port);
                Write(writer, redirect.Path);
                break;
            case DirectResponseAction response:
                writer.WriteString("type", "DirectResponse");
                writer.WriteNumber("statusCode", response.StatusCode);
                writer.WriteString("body", response.Body);
                TelemetryWriter.Write(writer, "bodyFormat", response.BodyFormat);
                writer.WriteString("contentType", response.ContentType);
                break;
            default:
                throw new ArgumentException($"unknown action {action.GetType().Name}", nameof(action));
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, WeightedBackend backend)
    {
        writer.WriteStartObject();
        writer.WriteString("cluster", backend.Cluster);
        writer.WriteNumber("weight", backend.Weight);
        Write(writer, "requestHeaders", backend.RequestHeaders);
        Write(writer, "responseHeaders", backend.ResponseHeaders);
        Write(writer, backend.UrlRewrite);
        PolicyWriter.Write(writer, backend.Mirrors);
        if (backend.Answer is not null)
        {
            writer.WritePropertyName("answer");
            Write(writer, backend.Answer);
        }
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, UrlRewrite? rewrite)
    {
        if (rewrite is null)
            return;
        writer.WriteStartObject("urlRewrite");
        if (rewrite.Hostname is not null)
            writer.WriteString("hostname", rewrite.Hostname);
        Write(writer, rewrite.Path);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PathModifier? path)
    {
        if (path is null)
            return;
        writer.WriteStartObject("path");
        writer.WriteString("type", path.Type.ToString());
        writer.WriteString("value", path.Value);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<ValueMatch> matches)
    {
        if (matches.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var match in matches)
        {
            writer.WriteStartObject();
            writer.WriteString("name", match.Name);
            writer.WriteString("type", match.Type.ToString());
            writer.WriteString("value", match.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<HeaderModifier> modifiers)
    {
        if (modifiers.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var modifier in modifiers)
            Write(writer, modifier);
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, HeaderModifier modifier)
    {
        writer.WriteStartObject();
        Write(writer, "set", modifier.Set);
        Write(writer, "add", modifier.Add);
        PolicyWriter.Write(writer, "remove", modifier.Remove);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<HeaderValue> values)
    {
        if (values.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStartObject();
            writer.WriteString("name", value.Name);
            writer.WriteString("value", value.Value);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
