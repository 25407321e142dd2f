namespace Sluice.Proxy.Telemetry;

/// <summary>Names of the metrics that requests are counted in, and what their help texts say of whom.</summary>
/// <param name="Requests">Counter, by class of the status code.</param>
/// <param name="Active">Gauge.</param>
/// <param name="Duration">Histogram in seconds.</param>
/// <param name="Bytes">Counter, by direction.</param>
/// <param name="Retries">Counter.</param>
/// <param name="Ends">Counter, by reason.</param>
/// <param name="By">"listener", or "rule of a route".</param>
internal sealed record RequestFamilies(string Requests, string Active, string Duration, string Bytes, string Retries, string Ends, string By)
{
    public static RequestFamilies OfListeners { get; } = new(
        "sluice_http_requests_total",
        "sluice_http_requests_active",
        "sluice_http_request_duration_seconds",
        "sluice_http_bytes_total",
        "sluice_http_retries_total",
        "sluice_http_request_ends_total",
        "listener");

    public static RequestFamilies OfRules { get; } = new(
        "sluice_route_requests_total",
        "sluice_route_requests_active",
        "sluice_route_request_duration_seconds",
        "sluice_route_bytes_total",
        "sluice_route_retries_total",
        "sluice_route_request_ends_total",
        "rule of a route");
}
