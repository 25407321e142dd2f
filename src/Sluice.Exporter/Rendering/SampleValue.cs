using System.Text.Json;
using Sluice.Exporter.Families;

namespace Sluice.Exporter.Rendering;

/// <summary>Makes values of fields.</summary>
internal static class SampleValue
{
    /// <summary>Null: there is no sample.</summary>
    /// <param name="kind">The rule.</param>
    /// <param name="field">Undefined where it is absent.</param>
    public static double? Of(MetricValueKind kind, JsonElement field) => kind switch
    {
        MetricValueKind.One => 1,
        MetricValueKind.Condition => Condition(field),
        MetricValueKind.Number => field.ValueKind == JsonValueKind.Number && field.TryGetDouble(out var number) && double.IsFinite(number) ? number : null,
        MetricValueKind.Boolean => field.ValueKind switch
        {
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            _ => null,
        },
        MetricValueKind.Time => Time(field),
        _ => field.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? 0 : Time(field),
    };

    private static double? Condition(JsonElement field)
    {
        if (field.ValueKind != JsonValueKind.String)
            return null;
        var text = JsonText.StringOf(field);
        if (text.Equals("true", StringComparison.OrdinalIgnoreCase))
            return 1;
        return text.Equals("false", StringComparison.OrdinalIgnoreCase) || text.Equals("unknown", StringComparison.OrdinalIgnoreCase) ? 0 : null;
    }

    private static double? Time(JsonElement field) =>
        field.ValueKind == JsonValueKind.String && field.TryGetDateTimeOffset(out var time) ? time.ToUnixTimeSeconds() : null;
}
