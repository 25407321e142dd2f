namespace Sluice.Configuration.Telemetry;

/// <summary>How a line looks. Operators and their syntax are those of Envoy; <see cref="Formats.FormatParser"/> reads them.</summary>
/// <param name="Type">What the value is.</param>
/// <param name="Value">At most <see cref="MaxLength"/> characters.</param>
public sealed record AccessLogFormat(AccessLogFormatType Type, string Value)
{
    /// <summary>Characters of a format.</summary>
    public const int MaxLength = 16 * 1024;

    public static AccessLogFormat DefaultText { get; } = new(
        AccessLogFormatType.Text,
        "[%START_TIME%] \"%REQ(:METHOD)% %REQ(:PATH)% %PROTOCOL%\" %RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION% \"%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%\" \"%REQ(USER-AGENT)%\" \"%STREAM_ID%\" \"%REQ(:AUTHORITY)%\" \"%UPSTREAM_HOST%\" \"%ROUTE_NAME%\"\n");

    public static AccessLogFormat DefaultJson { get; } = new(
        AccessLogFormatType.Json,
        """{"start_time":"%START_TIME%","gateway":"%GATEWAY%","listener":"%LISTENER%","route":"%ROUTE_NAME%","method":"%REQ(:METHOD)%","authority":"%REQ(:AUTHORITY)%","path":"%REQ(:PATH)%","protocol":"%PROTOCOL%","response_code":"%RESPONSE_CODE%","response_flags":"%RESPONSE_FLAGS%","response_code_details":"%RESPONSE_CODE_DETAILS%","bytes_received":"%BYTES_RECEIVED%","bytes_sent":"%BYTES_SENT%","duration":"%DURATION%","downstream_remote_address":"%DOWNSTREAM_REMOTE_ADDRESS%","upstream_host":"%UPSTREAM_HOST%","upstream_cluster":"%UPSTREAM_CLUSTER%","user_agent":"%REQ(USER-AGENT)%","x_forwarded_for":"%REQ(X-FORWARDED-FOR)%","request_id":"%STREAM_ID%"}""");
}
