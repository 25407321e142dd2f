namespace Sluice.Proxy.Telemetry.Otlp;

/// <summary>What is exported.</summary>
internal enum OtlpSignal
{
    Traces,
    Logs,
}
