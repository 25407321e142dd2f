namespace Sluice.Configuration;

/// <summary>Changes what the backend sees (HTTPURLRewriteFilter). Null keeps that part of the request.</summary>
public sealed record UrlRewrite
{
    /// <summary>The Host that the backend gets, without a port.</summary>
    public string? Hostname { get; init; }

    public PathModifier? Path { get; init; }
}
