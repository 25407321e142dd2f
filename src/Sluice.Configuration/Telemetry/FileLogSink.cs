namespace Sluice.Configuration.Telemetry;

/// <summary>A file that lines are appended to.</summary>
/// <param name="Path">Absolute, or relative to the working directory; "/dev/stdout" and "/dev/stderr" are the streams of the process.</param>
public sealed record FileLogSink(string Path) : AccessLogSink
{
    public const string StandardOutput = "/dev/stdout";

    public const string StandardError = "/dev/stderr";
}
