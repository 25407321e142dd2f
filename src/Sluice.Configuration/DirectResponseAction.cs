using Sluice.Configuration.Telemetry;

namespace Sluice.Configuration;

/// <summary>Answers with a fixed response (kgateway DirectResponse).</summary>
public sealed record DirectResponseAction : RouteAction
{
    /// <summary>200 to 599.</summary>
    public required int StatusCode { get; init; }

    /// <summary>UTF-8 text; "" for none.</summary>
    public string Body { get; init; } = "";

    /// <summary>The body with command operators, instead of <see cref="Body"/>. Values are escaped as in logs; HTML is not escaped.</summary>
    public AccessLogFormat? BodyFormat { get; init; }

    public string ContentType { get; init; } = "text/plain; charset=utf-8";
}
