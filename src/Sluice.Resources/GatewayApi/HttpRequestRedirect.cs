namespace Sluice.Resources.GatewayApi;

public sealed record HttpRequestRedirect
{
    public string? Scheme { get; init; }

    public string? Hostname { get; init; }

    public HttpPathModifier? Path { get; init; }

    public int? Port { get; init; }

    public int StatusCode { get; init; } = 302;
}
