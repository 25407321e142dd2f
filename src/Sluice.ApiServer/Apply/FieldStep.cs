using System.Text.Json.Nodes;

namespace Sluice.ApiServer.Apply;

/// <summary>One step of a path in FieldsV1.</summary>
internal static class FieldStep
{
    private const int MaxLength = 4096;

    public static string Field(string name) => "f:" + name;

    public static bool IsRight(string step) => step.Length is > 2 and <= MaxLength && step[1] == ':' && step[0] is 'f' or 'k' or 'v' or 'i';

    /// <summary>For people.</summary>
    public static string Describe(string step)
    {
        var rest = step[2..];
        switch (step[0])
        {
            case 'f':
                return "." + rest;
            case 'k':
                try
                {
                    if (JsonNode.Parse(rest) is JsonObject keys)
                        return $"[{string.Join(",", keys.Select(pair => $"{pair.Key}={pair.Value?.ToJsonString()}"))}]";
                }
                catch (System.Text.Json.JsonException)
                {
                    // A client's own managedFields: shown as it is.
                }

                return $"[{rest}]";
            case 'v':
                return $"[={rest}]";
            default:
                return $"[{rest}]";
        }
    }
}
