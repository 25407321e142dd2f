namespace Sluice.Configuration.Telemetry;

/// <summary>A share of the requests. The same request is in or out for all logs that draw by the request's id.</summary>
/// <param name="Numerator">From 0 to <paramref name="Denominator"/>.</param>
/// <param name="Denominator">Above 0.</param>
/// <param name="IsIndependent">Draws anew instead of by the request's id.</param>
public sealed record SampleFilter(int Numerator, int Denominator, bool IsIndependent = false) : AccessLogFilter;
