using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.Resources.Schemas.Core;

internal static class DataCells
{
    /// <summary>How many entries some fields have together.</summary>
    public static string Count(JsonObject item, params ReadOnlySpan<string> fields)
    {
        var count = 0;
        foreach (var field in fields)
        {
            count += item[field] switch
            {
                JsonObject map => map.Count,
                JsonArray list => list.Count,
                _ => 0,
            };
        }

        return count.ToString(CultureInfo.InvariantCulture);
    }
}
