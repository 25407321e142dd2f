namespace Sluice.Resources.GatewayApi;

public sealed record HttpHeaderFilter
{
    public IReadOnlyList<HttpHeader> Set { get; init; } = [];

    public IReadOnlyList<HttpHeader> Add { get; init; } = [];

    public IReadOnlyList<string> Remove { get; init; } = [];
}
