using Sluice.Configuration.Telemetry;

namespace Sluice.Configuration.Listeners;

/// <summary>Changes some of the proxy's own answers.</summary>
public sealed record LocalReplyMapper
{
    /// <summary>Which, by what is known of a request when it is answered. Null: all.</summary>
    public AccessLogFilter? Filter { get; init; }

    /// <summary>Another status, 200 to 599.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What %LOCAL_REPLY_BODY% stands for, and the body without any format.</summary>
    public string? Body { get; init; }

    /// <summary>Goes before <see cref="LocalReplySettings.DefaultBodyFormat"/>.</summary>
    public BodyFormat? BodyFormat { get; init; }

    /// <summary>Further fields; their values are formats of the kind that access logs have.</summary>
    public IReadOnlyList<HeaderValue> Headers { get; init; } = [];
}
