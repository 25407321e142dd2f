using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.Resources.Patches;

/// <summary>RFC 6901: names one place in a document by the steps that lead to it.</summary>
internal sealed class JsonPointer
{
    private readonly string[] _steps;

    private JsonPointer(string text, string[] steps)
    {
        Text = text;
        _steps = steps;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    public bool IsRoot => _steps.Length == 0;

    public int Depth => _steps.Length;

    /// <summary>The last step; there is none at the root.</summary>
    public string Last => _steps[^1];

    /// <summary>Null when the text is no pointer.</summary>
    public static JsonPointer? Parse(string text)
    {
        if (text.Length == 0)
            return new JsonPointer(text, []);
        if (text[0] != '/')
            return null;
        var steps = text[1..].Split('/');
        for (var i = 0; i < steps.Length; i++)
        {
            if (!IsEscaped(steps[i]))
                return null;

            // In this order, so that "~01" becomes "~1" (RFC 6901, section 4).
            steps[i] = steps[i].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
        }

        return new JsonPointer(text, steps);
    }

    /// <summary>Whether the other place lies within this one, and is not the same.</summary>
    public bool Contains(JsonPointer other) =>
        other._steps.Length > _steps.Length && other._steps.AsSpan(0, _steps.Length).SequenceEqual(_steps);

    public bool IsSameAs(JsonPointer other) => _steps.AsSpan().SequenceEqual(other._steps);

    /// <summary>The place above the last step; false when there is none. The root has nothing above it.</summary>
    public bool TryFindParent(JsonNode? root, out JsonNode? parent) => TryWalk(root, _steps.Length - 1, out parent);

    /// <summary>What is at this place, which may be null; false when there is no such place.</summary>
    public bool TryFind(JsonNode? root, out JsonNode? value) => TryWalk(root, _steps.Length, out value);

    /// <summary>RFC 6901, section 4: digits without leading zeros; -1 otherwise.</summary>
    public static int Index(string step)
    {
        if (step.Length == 0 || (step.Length > 1 && step[0] == '0'))
            return -1;
        return int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;
    }

    private bool TryWalk(JsonNode? root, int steps, out JsonNode? value)
    {
        value = root;
        for (var i = 0; i < steps; i++)
        {
            switch (value)
            {
                case JsonObject fields when fields.TryGetPropertyValue(_steps[i], out var field):
                    value = field;
                    break;
                case JsonArray items when Index(_steps[i]) is var index && index >= 0 && index < items.Count:
                    value = items[index];
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static bool IsEscaped(string step)
    {
        for (var i = step.IndexOf('~', StringComparison.Ordinal); i >= 0; i = step.IndexOf('~', i + 1))
        {
            if (i + 1 == step.Length || step[i + 1] is not ('0' or '1'))
                return false;
        }

        return true;
    }
}
