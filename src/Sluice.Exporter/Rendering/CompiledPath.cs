using System.Text;
using System.Text.Json;

namespace Sluice.Exporter.Rendering;

/// <summary>A path without lists, ready to be followed from one of the objects that are looked at.</summary>
/// <param name="Level">Where it starts: 0 for the whole object, 1 for an entry of the outer list, 2 for one of the list in that.</param>
/// <param name="Steps">Names of fields, as UTF-8.</param>
internal sealed record CompiledPath(int Level, byte[][] Steps)
{
    /// <param name="path">Such as "status.parents[].parentRef.name".</param>
    /// <param name="levels">The lists that are gone through, such as "status.parents[]", from the outside in.</param>
    public static CompiledPath Create(string path, IReadOnlyList<string> levels)
    {
        var level = 0;
        var rest = path;
        for (var i = 0; i < levels.Count; i++)
        {
            if (path == levels[i])
                (level, rest) = (i + 1, "");
            else if (path.StartsWith(levels[i] + '.', StringComparison.Ordinal))
                (level, rest) = (i + 1, path[(levels[i].Length + 1)..]);
        }

        return rest.Contains('[', StringComparison.Ordinal)
            ? throw new ArgumentException($"\"{path}\" goes through a list that samples are not made of", nameof(path))
            : new CompiledPath(level, [.. rest.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(Encoding.UTF8.GetBytes)]);
    }

    /// <summary>False where a field on the way is absent, null, or none of an object.</summary>
    public bool TryFind(JsonElement from, out JsonElement found)
    {
        found = from;
        foreach (var step in Steps)
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(step, out found))
                return false;
        }

        return found.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);
    }
}
