using System.Text.Json;

namespace Sluice.Resources.Policies.Listeners;

/// <summary>A file that lines are written to.</summary>
public sealed record FileSink
{
    /// <summary>"/dev/stdout" for the standard output.</summary>
    public required string Path { get; init; }

    /// <summary>A line with command operators.</summary>
    public string? StringFormat { get; init; }

    /// <summary>An object whose values hold command operators.</summary>
    public JsonElement? JsonFormat { get; init; }
}
