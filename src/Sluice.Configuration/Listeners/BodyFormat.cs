using Sluice.Configuration.Telemetry;

namespace Sluice.Configuration.Listeners;

/// <summary>A body with command operators, %LOCAL_REPLY_BODY% among them. Values are escaped as in logs; HTML is not escaped.</summary>
/// <param name="Format">As of access logs.</param>
/// <param name="ContentType">The body's Content-Type.</param>
public sealed record BodyFormat(AccessLogFormat Format, string ContentType)
{
    public const string TextContentType = "text/plain";

    public const string JsonContentType = "application/json";

    /// <summary>Bytes of a body; what is longer is answered without one.</summary>
    public const int MaxBytes = 64 * 1024;
}
