using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>Quantities of resources: "1000m", "1" and 1 are the same.</summary>
internal static class KubernetesQuantity
{
    /// <summary>False when one is no quantity.</summary>
    public static bool AreEqual(JsonNode? one, JsonNode? other) => Value(one) is { } first && Value(other) is { } second && first == second;

    private static decimal? Value(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => Parse(node.GetValue<string>()),
        JsonValueKind.Number => Parse(node.ToJsonString()),
        _ => null,
    };

    private static decimal? Parse(string text)
    {
        var digits = text.AsSpan().TrimEnd("numkKMGTPEi");
        if (!decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return null;
        decimal? unit = text.AsSpan(digits.Length) switch
        {
            "" => 1,
            "n" => 0.000_000_001m,
            "u" => 0.000_001m,
            "m" => 0.001m,
            "k" => 1_000m,
            "M" => 1_000_000m,
            "G" => 1_000_000_000m,
            "T" => 1_000_000_000_000m,
            "P" => 1_000_000_000_000_000m,
            "E" => 1_000_000_000_000_000_000m,
            "Ki" => 1024m,
            "Mi" => 1024m * 1024,
            "Gi" => 1024m * 1024 * 1024,
            "Ti" => 1024m * 1024 * 1024 * 1024,
            "Pi" => 1024m * 1024 * 1024 * 1024 * 1024,
            "Ei" => 1024m * 1024 * 1024 * 1024 * 1024 * 1024,
            _ => null,
        };

        // Beyond what any machine has, and what would overflow.
        return Math.Abs(number) > 1_000_000_000 && unit > 1 ? null : number * unit;
    }
}
