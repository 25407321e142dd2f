using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Listeners;

/// <summary>The proxy's own answers.</summary>
public sealed record LocalReplySettings
{
    /// <summary>Of all.</summary>
    public BodyFormat? DefaultBodyFormat { get; init; }

    /// <summary>The first whose filter matches.</summary>
    public IReadOnlyList<LocalReplyMapper> Mappers { get; init; } = [];
}
