using System.Globalization;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

internal sealed partial class BindingContext
{
    /// <summary>Any string of the given length in characters; null (reported, unless the value is null) otherwise.</summary>
    public string? String(Node node, int min = 0, int max = int.MaxValue)
    {
        if (node.IsNull)
            return null;
        if (node.Kind != NodeKind.String)
        {
            NotAString(node);
            return null;
        }

        var text = node.Text;
        if (text.Length < min)
        {
            MustBe(node, min == 1 ? "a string that is not empty" : $"a string of at least {Number(min)} characters");
            return null;
        }

        if (text.Length > max && Characters(text) > max)
        {
            Error(node, $"must have at most {Number(max)} characters, has {Number(Characters(text))}");
            return null;
        }

        return Strings.Share(text);
    }

    /// <summary>A string that passes one of the checks of <see cref="Names"/>.</summary>
    public string? Name(Node node, Func<string, string?> check, int max = 253)
    {
        var text = String(node, 0, max);
        if (text is null)
            return null;
        if (check(text) is not { } must)
            return text;
        MustBe(node, must);
        return null;
    }

    /// <summary>One of a few words, which are given as they should stand in the message: "Exact, PathPrefix, RegularExpression".</summary>
    public string? Word(Node node, string words)
    {
        if (node.IsNull)
            return null;
        if (node.Kind == NodeKind.String)
        {
            foreach (var range in words.AsSpan().Split(", "))
            {
                if (words.AsSpan(range).SequenceEqual(node.Text))
                    return Strings.Share(node.Text);
            }
        }

        var near = node.Kind == NodeKind.String ? Spelling.SameButCase(node.Text, words) : null;
        if (near is not null)
            Error(node, $"must be {near} with this case, found {Describe.Quoted(node.Text)}");
        else
            MustBe(node, "one of " + words);
        return null;
    }

    public int? Integer(Node node, int min, int max) => Integer(node, min, max, max == int.MaxValue
        ? $"a whole number of at least {Number(min)}"
        : $"a whole number from {Number(min)} to {Number(max)}");

    public int? Integer(Node node, int min, int max, string what)
    {
        if (node.IsNull)
            return null;
        if (node.Kind == NodeKind.Integer && long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max && !IsOctal(node.Text))
            return (int)value;
        if (node.Kind == NodeKind.String && !node.IsPlain && int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            Error(node, $"must be {what}, found the string {Describe.Quoted(node.Text)}: remove the quotes");
        else if (node.Kind == NodeKind.Integer && IsOctal(node.Text))
            Error(node, $"must be {what}, found {Describe.Quoted(node.Text)}, which YAML takes for an octal number: remove the leading zeros");
        else
            MustBe(node, what);
        return null;
    }

    public int? Port(Node node) => Integer(node, 1, 65535);

    public bool? Boolean(Node node)
    {
        if (node.IsNull)
            return null;
        if (node.Kind == NodeKind.Boolean)
            return IsTrue(node);
        MustBe(node, "true or false");
        return null;
    }

    /// <summary>What a boolean of YAML 1.1 says.</summary>
    public static bool IsTrue(Node node) => node.Text.ToLowerInvariant() is "true" or "yes" or "on";

    /// <summary>GEP-2257: one to four parts of a number of up to five digits and h, m, s or ms.</summary>
    public TimeSpan? Duration(Node node)
    {
        if (node.IsNull)
            return null;
        if (node.Kind == NodeKind.String && GatewayDuration.TryParse(node.Text, out var value))
            return value;
        MustBe(node, Names.Duration("")!);
        return null;
    }

    /// <summary>Whether the value is a mapping; reports it when it is neither that nor null.</summary>
    public bool Mapping(Node node)
    {
        if (node.Kind == NodeKind.Mapping)
            return true;
        if (!node.IsNull)
            MustBe(node, "a mapping (fields)");
        return false;
    }

    public T[] List<T>(Node node, int min, int max, Func<BindingContext, Node, T?> read)
        where T : class
    {
        if (!IsList(node, min, max))
            return [];
        var items = new T[node.Count];
        var count = 0;
        foreach (var item in node)
        {
            if (item.IsNull)
                MustBe(item, "a value");
            else if (read(this, item) is { } value)
                items[count++] = value;
        }

        if (count < items.Length)
            Array.Resize(ref items, count);
        return items;
    }

    /// <summary>Whether the value is a list with a number of items in bounds; reports it when it is not, unless it is null.</summary>
    public bool IsList(Node node, int min, int max)
    {
        if (node.IsNull)
            return false;
        if (node.Kind != NodeKind.Sequence)
        {
            Error(node, $"must be a list (items start with \"- \"), found {(HidesValues ? Describe.FoundKind(node.Kind) : Describe.Found(node))}");
            return false;
        }

        if (node.Count < min)
            Error(node, min == 1 ? "must have at least 1 item" : $"must have at least {Number(min)} items, has {Number(node.Count)}");
        else if (node.Count > max)
            Error(node, $"must have at most {Number(max)} items, has {Number(node.Count)}");
        else
            return true;
        return false;
    }

    /// <summary>String values by name, such as labels. Checks are those of <see cref="Names"/>; a null check takes every string.</summary>
    public IReadOnlyDictionary<string, string> Map(Node node, Func<string, string?>? checkName, Func<string, string?>? checkValue, int maxEntries = int.MaxValue, int maxValue = int.MaxValue)
    {
        if (!Mapping(node) || node.Count == 0)
            return ObjectMeta.EmptyMap;
        if (node.Count > maxEntries)
            Error(node, $"must have at most {Number(maxEntries)} entries, has {Number(node.Count)}");
        var entries = new string[node.Count * 2];
        var count = 0;
        foreach (var entry in node)
        {
            if (checkName?.Invoke(entry.Key) is { } must)
                Error(entry, $"the name must be {must}");
            var value = entry.IsNull ? "" : String(entry, 0, maxValue);
            if (value is null)
                continue;
            if (checkValue?.Invoke(value) is { } right)
                MustBe(entry, right);
            entries[count++] = Strings.Share(entry.Key);
            entries[count++] = value;
        }

        return count < entries.Length ? ObjectMeta.EmptyMap : Shared.Map(entries);
    }

    private void NotAString(Node node)
    {
        if (node.Kind is NodeKind.Boolean or NodeKind.Integer or NodeKind.Float)
            Error(node, HidesValues ? $"must be a string, found {Describe.FoundKind(node.Kind)}: put it in quotes" : $"must be a string, found {Describe.Found(node)}: put it in quotes, \"{node.Text}\"");
        else
            MustBe(node, "a string");
    }

    private static bool IsOctal(string text)
    {
        var digits = text.AsSpan().TrimStart("+-");
        return digits.Length > 1 && digits[0] == '0';
    }

    private static int Characters(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }
}
