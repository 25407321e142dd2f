namespace Sluice.Proxy.Telemetry.Otlp;

/// <summary>What came of an export.</summary>
/// <param name="Error">Null: the collector has it.</param>
/// <param name="MayRetry">It may be sent again.</param>
/// <param name="Rejected">Records that the collector did not take all the same.</param>
internal readonly record struct OtlpResult(string? Error, bool MayRetry, long Rejected)
{
    public static OtlpResult Taken(long rejected) => new(null, false, rejected);

    public static OtlpResult Failed(string error, bool mayRetry) => new(error, mayRetry, 0);
}
