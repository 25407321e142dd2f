namespace Sluice.Configuration.Listeners;

/// <summary>What the proxy's own answers look like: errors, direct responses, redirects. Those to gRPC keep their form.</summary>
public sealed record LocalReplySettings
{
    /// <summary>Null: bodies are as they are.</summary>
    public BodyFormat? DefaultBodyFormat { get; init; }

    /// <summary>The first whose filter lets an answer through changes it. At most <see cref="MaxMappers"/>.</summary>
    public IReadOnlyList<LocalReplyMapper> Mappers { get; init; } = [];

    public const int MaxMappers = 64;
}
