namespace Sluice.Configuration.Telemetry;

/// <summary>A collector that takes log records by OTLP. A record's body is the line.</summary>
public sealed record OtlpLogSink : AccessLogSink
{
    public required OtlpProvider Provider { get; init; }

    /// <summary>Attributes of a record, as a JSON object whose strings are formats. Default: <see cref="DefaultAttributes"/>.</summary>
    public string Attributes { get; init; } = DefaultAttributes;

    /// <summary>By the semantic conventions for HTTP, as far as they have a name.</summary>
    public const string DefaultAttributes =
        """{"http.request.method":"%REQ(:METHOD)%","url.path":"%REQ(:PATH)%","server.address":"%REQ(:AUTHORITY)%","http.response.status_code":"%RESPONSE_CODE%","client.address":"%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%","user_agent.original":"%REQ(USER-AGENT)%","http.request.body.size":"%BYTES_RECEIVED%","http.response.body.size":"%BYTES_SENT%","sluice.response.flags":"%RESPONSE_FLAGS%","sluice.duration_ms":"%DURATION%","sluice.upstream.host":"%UPSTREAM_HOST%","sluice.route":"%ROUTE_NAME%"}""";
}
