using System.Globalization;
using System.Text.Json;

namespace Sluice.Configuration.Json;

/// <summary>Writes what a rule says beside its action: timeouts, retries, mirrors, CORS and session persistence.</summary>
internal static class PolicyWriter
{
    public static void Write(Utf8JsonWriter writer, RouteTimeouts? timeouts)
    {
        if (timeouts is null)
            return;
        writer.WriteStartObject("timeouts");
        Write(writer, "request", timeouts.Request);
        Write(writer, "backendRequest", timeouts.BackendRequest);
        Write(writer, "streamIdle", timeouts.StreamIdle);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, RetryPolicy? retry)
    {
        if (retry is null)
            return;
        writer.WriteStartObject("retry");
        Write(writer, "statusCodes", retry.StatusCodes);
        Write(writer, "grpcStatusCodes", retry.GrpcStatusCodes);
        writer.WriteNumber("attempts", retry.Attempts);
        Write(writer, "backoff", retry.Backoff);
        if (retry.Conditions is { } conditions)
            writer.WriteNumber("conditions", (int)conditions);
        Write(writer, "perTryTimeout", retry.PerTryTimeout);
        if (retry.FullJitter)
            writer.WriteBoolean("fullJitter", true);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, InternalRedirectPolicy? redirect)
    {
        if (redirect is null)
            return;
        writer.WriteStartObject("internalRedirect");
        Write(writer, "statusCodes", redirect.StatusCodes);
        if (redirect.AllowCrossSchemeRedirect)
            writer.WriteBoolean("allowCrossSchemeRedirect", true);
        writer.WriteNumber("maxRedirects", redirect.MaxRedirects);
        Write(writer, "responseHeadersToCopy", redirect.ResponseHeadersToCopy);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<RequestMirror> mirrors)
    {
        if (mirrors.Count == 0)
            return;
        writer.WriteStartArray("mirrors");
        foreach (var mirror in mirrors)
        {
            writer.WriteStartObject();
            writer.WriteString("cluster", mirror.Cluster);
            writer.WriteNumber("numerator", mirror.Numerator);
            writer.WriteNumber("denominator", mirror.Denominator);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, CorsPolicy? cors)
    {
        if (cors is null)
            return;
        writer.WriteStartObject("cors");
        Write(writer, "allowOrigins", cors.AllowOrigins);
        Write(writer, "allowMethods", cors.AllowMethods);
        Write(writer, "allowHeaders", cors.AllowHeaders);
        Write(writer, "exposeHeaders", cors.ExposeHeaders);
        if (cors.AllowCredentials)
            writer.WriteBoolean("allowCredentials", true);
        Write(writer, "maxAge", cors.MaxAge);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, SessionPersistence? session)
    {
        if (session is null)
            return;
        writer.WriteStartObject("sessionPersistence");
        writer.WriteString("type", session.Type.ToString());
        writer.WriteString("sessionName", session.SessionName);
        Write(writer, "absoluteTimeout", session.AbsoluteTimeout);
        Write(writer, "idleTimeout", session.IdleTimeout);
        if (session.IsPermanentCookie)
            writer.WriteBoolean("isPermanentCookie", true);
        if (session.CookiePath is not null)
            writer.WriteString("cookiePath", session.CookiePath);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, string name, TimeSpan? time)
    {
        if (time is { } value)
            writer.WriteString(name, value.ToString("c", CultureInfo.InvariantCulture));
    }

    private static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<int> numbers)
    {
        if (numbers.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var number in numbers)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count == 0)
            return;
        writer.WriteStartArray(name);
        foreach (var text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }
}
