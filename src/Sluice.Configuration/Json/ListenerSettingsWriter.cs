using System.Text.Json;
using Sluice.Configuration.Listeners;

namespace Sluice.Configuration.Json;

/// <summary>Writes the settings of listeners. What is as without settings is left out.</summary>
internal static class ListenerSettingsWriter
{
    public static void Write(Utf8JsonWriter writer, ConnectionSettings? connection)
    {
        if (connection is null)
            return;
        writer.WriteStartObject("connection");
        if (connection.TcpKeepalive is { } keepalive)
        {
            writer.WriteStartObject("tcpKeepalive");
            Write(writer, "probes", keepalive.Probes);
            PolicyWriter.Write(writer, "time", keepalive.Time);
            PolicyWriter.Write(writer, "interval", keepalive.Interval);
            writer.WriteEndObject();
        }

        Write(writer, "bufferLimitBytes", connection.BufferLimitBytes);
        PolicyWriter.Write(writer, "tlsHandshakeTimeout", connection.TlsHandshakeTimeout);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, HttpSettings? http)
    {
        if (http is null)
            return;
        writer.WriteStartObject("http");
        PolicyWriter.Write(writer, "trustedCidrs", http.TrustedCidrs);
        Write(writer, "skipXffAppend", http.SkipXffAppend);
        Write(writer, "replacesRequestId", !http.PreserveExternalRequestId);
        Write(writer, "omitsRequestId", !http.GenerateRequestId);
        Write(writer, "serverHeader", http.ServerHeader?.ToString());
        if (http.ServerName != HttpSettings.DefaultServerName)
            writer.WriteString("serverName", http.ServerName);
        PolicyWriter.Write(writer, "streamIdleTimeout", http.StreamIdleTimeout);
        PolicyWriter.Write(writer, "idleTimeout", http.IdleTimeout);
        Write(writer, "maxRequestsPerConnection", http.MaxRequestsPerConnection);
        Write(writer, "maxHeadersCount", http.MaxHeadersCount);
        Write(writer, "maxRequestHeadersBytes", http.MaxRequestHeadersBytes);
        Write(writer, http.Http2);
        Write(writer, "healthCheckPath", http.HealthCheckPath);
        Write(writer, "refusesHttp10", !http.AcceptHttp10);
        Write(writer, "defaultHostForHttp10", http.DefaultHostForHttp10);
        Write(writer, "refusesWebSockets", !http.AllowWebSockets);
        if (http.EarlyRequestHeaders is { } early)
        {
            writer.WritePropertyName("earlyRequestHeaders");
            RuleWriter.Write(writer, early);
        }

        Write(writer, http.ForwardClientCert);
        if (http.StripHostPort != StripHostPortMode.None)
            writer.WriteString("stripHostPort", http.StripHostPort.ToString());
        Write(writer, "stripTrailingHostDot", http.StripTrailingHostDot);
        Write(writer, http.LocalReplies);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Http2Settings? http2)
    {
        if (http2 is null)
            return;
        writer.WriteStartObject("http2");
        Write(writer, "initialStreamWindowSize", http2.InitialStreamWindowSize);
        Write(writer, "initialConnectionWindowSize", http2.InitialConnectionWindowSize);
        Write(writer, "maxConcurrentStreams", http2.MaxConcurrentStreams);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ForwardClientCert? certificate)
    {
        if (certificate is null)
            return;
        writer.WriteStartObject("forwardClientCert");
        writer.WriteString("mode", certificate.Mode.ToString());
        Write(writer, "subject", certificate.Subject);
        Write(writer, "cert", certificate.Cert);
        Write(writer, "chain", certificate.Chain);
        Write(writer, "dns", certificate.Dns);
        Write(writer, "uri", certificate.Uri);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, LocalReplySettings? replies)
    {
        if (replies is null)
            return;
        writer.WriteStartObject("localReplies");
        Write(writer, "defaultBodyFormat", replies.DefaultBodyFormat);
        writer.WriteStartArray("mappers");
        foreach (var mapper in replies.Mappers)
        {
            writer.WriteStartObject();
            if (mapper.Filter is { } filter)
            {
                writer.WritePropertyName("filter");
                TelemetryWriter.Write(writer, filter);
            }

            Write(writer, "statusCode", mapper.StatusCode);
            Write(writer, "body", mapper.Body);
            Write(writer, "bodyFormat", mapper.BodyFormat);
            RuleWriter.Write(writer, "headers", mapper.Headers);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, BodyFormat? format)
    {
        if (format is null)
            return;
        writer.WriteStartObject(name);
        TelemetryWriter.WriteMembers(writer, format.Format);
        writer.WriteString("contentType", format.ContentType);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, int? number)
    {
        if (number is { } value)
            writer.WriteNumber(name, value);
    }

    private static void Write(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
            writer.WriteString(name, text);
    }

    private static void Write(Utf8JsonWriter writer, string name, bool flag)
    {
        if (flag)
            writer.WriteBoolean(name, true);
    }
}
