using System.Text.Json;

namespace Sluice.Resources.Policies.Common;

/// <summary>What a body is made of; exactly one of text and json.</summary>
public sealed record BodyFormat
{
    /// <summary>A text with command operators.</summary>
    public string? Text { get; init; }

    /// <summary>An object whose values hold command operators.</summary>
    public JsonElement? Json { get; init; }

    /// <summary>The Content-Type. Null means text/plain or application/json.</summary>
    public string? ContentType { get; init; }
}
