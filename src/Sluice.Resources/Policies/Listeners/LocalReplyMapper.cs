using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Listeners;

/// <summary>Changes some of the proxy's own answers.</summary>
public sealed record LocalReplyMapper
{
    /// <summary>Which.</summary>
    public AccessLogFilter? Filter { get; init; }

    /// <summary>Another status.</summary>
    public int? StatusCode { get; init; }

    /// <summary>Another body.</summary>
    public string? Body { get; init; }

    /// <summary>Another format.</summary>
    public BodyFormat? BodyFormatOverride { get; init; }

    /// <summary>Further fields.</summary>
    public IReadOnlyList<LocalReplyHeader> Headers { get; init; } = [];
}
