using System.Text;
using System.Text.Json;
using Sluice.Exporter.Families;

namespace Sluice.Exporter.Rendering;

/// <summary>
/// Makes names of Prometheus labels of the keys of Kubernetes labels. Every character outside [a-zA-Z0-9_] becomes "_". A name that
/// would then stand for the object's identity or that of the scraped instance, that begins with a digit or with "__", or that is
/// empty, gets the prefix "label_". Of keys that become the same name the first in byte order keeps it, the others get the suffix
/// "_conflict2" and so on: nothing is lost, and nothing changes with the order in which a server gives the labels.
/// </summary>
internal sealed class LabelNames(StateKind kind)
{
    private const string Prefix = "label_";

    /// <summary>Of the target, which a scrape with honorLabels lets samples replace.</summary>
    private static readonly string[] TargetLabels = ["instance", "job"];

    private readonly HashSet<string> _taken =
    [
        .. kind.ConstantLabels.Select(label => label.Key),
        .. kind.IdentityLabels.Select(label => label.Name),
        .. TargetLabels,
    ];

    /// <summary>Names and values, without those that are no texts. In byte order of the names.</summary>
    public List<KeyValuePair<string, JsonElement>> Of(JsonElement labels)
    {
        var used = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var later = new List<KeyValuePair<string, JsonElement>>();
        foreach (var (key, value) in Texts(labels))
        {
            if (!used.TryAdd(Sanitize(key), value))
                later.Add(new(Sanitize(key), value));
        }

        foreach (var (name, value) in later)
        {
            var number = 2;
            while (!used.TryAdd($"{name}_conflict{number}", value))
                number++;
        }

        return [.. used.OrderBy(label => label.Key, StringComparer.Ordinal)];
    }

    private static IEnumerable<KeyValuePair<string, JsonElement>> Texts(JsonElement labels) => labels.ValueKind != JsonValueKind.Object
        ? []
        : labels.EnumerateObject()
            .Where(label => label.Value.ValueKind == JsonValueKind.String)
            .Select(label => new KeyValuePair<string, JsonElement>(JsonText.NameOf(label), label.Value))
            .OrderBy(label => label.Key, StringComparer.Ordinal);

    private string Sanitize(string key)
    {
        var name = new StringBuilder(key.Length);
        foreach (var character in key)
            name.Append(char.IsAsciiLetterOrDigit(character) ? character : '_');
        var text = name.ToString();
        return text.Length == 0 || char.IsAsciiDigit(text[0]) || text.StartsWith("__", StringComparison.Ordinal) || _taken.Contains(text) ? Prefix + text : text;
    }
}
