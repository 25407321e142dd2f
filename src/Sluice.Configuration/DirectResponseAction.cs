namespace Sluice.Configuration;

/// <summary>Answers with a fixed response (kgateway DirectResponse).</summary>
public sealed record DirectResponseAction : RouteAction
{
    /// <summary>200 to 599.</summary>
    public required int StatusCode { get; init; }

    /// <summary>UTF-8 text; "" for none.</summary>
    public string Body { get; init; } = "";

    public string ContentType { get; init; } = "text/plain; charset=utf-8";
}
