using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Resources;

namespace Sluice.Controller.Statuses;

/// <summary>
/// Brings a list of conditions to what is wanted. A condition keeps its place, and its lastTransitionTime for as long as its status
/// stays; conditions of other controllers, whose types have a domain ("example.com/Ready"), are left as they are.
/// </summary>
internal static class ConditionMerge
{
    /// <summary>metav1.Condition: characters of a message.</summary>
    public const int LongestMessage = 32_768;

    /// <summary>The CRDs' maxItems of conditions.</summary>
    private const int Most = 8;

    /// <param name="observed">What the API server has; null for nothing.</param>
    /// <param name="wanted">Ours.</param>
    /// <param name="now">The lastTransitionTime of what changes.</param>
    /// <param name="isAwaited">A Programmed=True that is there stays for the moment where it is wanted Pending.</param>
    public static JsonArray Merge(JsonNode? observed, IReadOnlyList<Condition> wanted, DateTimeOffset now, bool isAwaited = false)
    {
        var merged = new JsonArray();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var foreign = Most - wanted.Count;
        foreach (var item in observed as JsonArray ?? [])
        {
            if (Text(item, "type") is not { } type)
                continue;
            if (type.Contains('/', StringComparison.Ordinal) && foreign-- > 0)
                merged.Add(item!.DeepClone());
            else if (Find(wanted, type) is { } condition && done.Add(type))
                merged.Add((JsonNode)(isAwaited && Holds(item, condition) ? item!.DeepClone() : Merge(item, condition, now)));
        }
        foreach (var condition in wanted)
        {
            if (done.Add(condition.Type))
                merged.Add((JsonNode)Merge(null, condition, now));
        }
        return merged;
    }

    /// <summary>The value of a field; null when it is no string.</summary>
    public static string? Text(JsonNode? node, string field) =>
        node is JsonObject fields && fields[field] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static bool Holds(JsonNode? observed, Condition wanted) =>
        wanted is { Type: "Programmed", Reason: "Pending" } && Text(observed, "status") == "True";

    private static JsonObject Merge(JsonNode? observed, Condition wanted, DateTimeOffset now)
    {
        var status = wanted.Status ? "True" : "False";
        var since = Text(observed, "status") == status ? Text(observed, "lastTransitionTime") : null;
        return new JsonObject
        {
            ["type"] = wanted.Type,
            ["status"] = status,
            ["reason"] = wanted.Reason,
            ["message"] = Cut(wanted.Message),
            ["observedGeneration"] = wanted.ObservedGeneration,
            ["lastTransitionTime"] = since ?? now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
    }

    // The API server counts characters as runes; this counts pairs of surrogates twice, which only cuts earlier.
    private static string Cut(string message)
    {
        if (message.Length <= LongestMessage)
            return message;
        var length = LongestMessage - 1;
        return string.Concat(message.AsSpan(0, char.IsHighSurrogate(message[length - 1]) ? length - 1 : length), "…");
    }

    private static Condition? Find(IReadOnlyList<Condition> conditions, string type)
    {
        foreach (var condition in conditions)
        {
            if (condition.Type == type)
                return condition;
        }
        return null;
    }
}
