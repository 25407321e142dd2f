using System.Text.Json.Nodes;

namespace Sluice.ApiServer.Files;

/// <summary>An object that a file of the user defines: shown by the API, changed in the file only.</summary>
/// <param name="File">The path, for messages.</param>
/// <param name="Line">Where the object begins.</param>
/// <param name="Value">As written; <see cref="Sluice.Resources.Reading.ManifestJson"/> reads it.</param>
public sealed record FileObject(string File, int Line, JsonObject Value)
{
    /// <summary>Whoever serves the object has another version of it in force: what is shown already stays as it is.</summary>
    public bool IsOutdated { get; init; }

    /// <summary>What metadata.generation is to be. Null: changes are counted here.</summary>
    public long? Generation { get; init; }

    /// <summary>Null: the time when it is shown first.</summary>
    public DateTimeOffset? Created { get; init; }
}
