namespace Sluice.Configuration.Telemetry.Formats;

/// <summary>A piece of a format.</summary>
/// <param name="Operator">What stands there.</param>
/// <param name="Text">The literal text; the argument of START_TIME, REQ, RESP and TRAILER (names in lower case); otherwise "".</param>
/// <param name="Alternative">The header that counts when the first is absent; or null.</param>
/// <param name="MaxLength">Bytes after which the value is cut; -1: none.</param>
public sealed record LogSegment(LogOperator Operator, string Text = "", string? Alternative = null, int MaxLength = -1)
{
    /// <summary>In JSON, a string that is this operator alone becomes a number.</summary>
    public bool IsNumber => MaxLength < 0 && Operator is
        LogOperator.ResponseCode or LogOperator.Duration or LogOperator.RequestDuration or LogOperator.ResponseDuration or
        LogOperator.BytesReceived or LogOperator.BytesSent or LogOperator.GrpcStatusNumber or
        LogOperator.UpstreamRequestAttemptCount or LogOperator.ConnectionId;
}
