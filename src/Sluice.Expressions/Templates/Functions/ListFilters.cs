using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>Filters on lists and maps as a whole, and on what is undefined.</summary>
internal static class ListFilters
{
    public static IEnumerable<TemplateFunction> All { get; } =
    [
        Filter("default", ["default_value", "boolean"], 0, static (_, arguments) => Default(arguments)),
        Filter("d", ["default_value", "boolean"], 0, static (_, arguments) => Default(arguments)),
        Filter("length", [], 0, static (frame, arguments) => Length(arguments[0], frame)),
        Filter("count", [], 0, static (frame, arguments) => Length(arguments[0], frame)),
        Filter("first", [], 0, static (frame, arguments) => OnItems("first", arguments[0], frame, items => items.Length > 0 ? items[0] : CelValue.Absent)),
        Filter("last", [], 0, static (frame, arguments) => OnItems("last", arguments[0], frame, items => items.Length > 0 ? items[^1] : CelValue.Absent)),
        Filter("list", [], 0, static (frame, arguments) => OnItems("list", arguments[0], frame, TemplateValues.ListOf)),
        Filter("join", ["separator", "attribute"], 0, static (frame, arguments) => Join(frame, arguments)),
        Filter("reverse", [], 0, static (frame, arguments) => arguments[0].Kind == CelKind.String
            ? TextFunctions.Reverse(arguments[0], frame.Cost) : OnItems("reverse", arguments[0], frame, items => TemplateValues.ListOf([.. items.Reverse()]))),
        Filter("sort", ["reverse", "case_sensitive", "attribute"], 0, static (frame, arguments) => Sort(frame, arguments)),
        Filter("unique", ["case_sensitive", "attribute"], 0, static (frame, arguments) => Unique(frame, arguments)),
        Filter("sum", ["attribute"], 0, static (frame, arguments) => Sum(frame, arguments)),
        Filter("min", [], 0, static (frame, arguments) => Extreme("min", arguments[0], -1, frame)),
        Filter("max", [], 0, static (frame, arguments) => Extreme("max", arguments[0], 1, frame)),
        Filter("keys", [], 0, static (frame, arguments) => Keys(arguments[0], frame)),
        Filter("values", [], 0, static (frame, arguments) => OnEntries("values", arguments[0], frame, static (map, i) => map.ValueAt(i))),
        Filter("items", [], 0, static (frame, arguments) => OnEntries("items", arguments[0], frame, static (map, i) => CelValue.Of(CelList.Of(map.KeyAt(i), map.ValueAt(i))))),
        Filter("dictsort", [], 0, static (frame, arguments) => DictSort(arguments[0], frame)),
        Filter("attr", ["name"], 1, static (frame, arguments) => TemplateValues.Item(arguments[0], arguments[1], frame)),
        Filter("get", ["key", "default"], 1, static (frame, arguments) => TemplateValues.Item(arguments[0], arguments[1], frame) is { IsAbsent: false } found ? found : arguments[2]),
    ];

    /// <summary>Applies a function to the elements of a value; an Error when it has none.</summary>
    public static CelValue OnItems(string filter, in CelValue value, TemplateFrame frame, Func<CelValue[], CelValue> make)
    {
        if (TemplateValues.ItemsOf(value, withValues: false, frame) is { } items)
            return make(items);
        return frame.Cost.IsExhausted ? CelErrors.Exhausted : CelValue.Failure($"the filter \"{filter}\" needs a list, a map or a string, not {TemplateValues.NameOf(value)}");
    }

    /// <summary>A part of a value by a path such as "user.name", the value itself without one.</summary>
    public static CelValue Attribute(in CelValue value, in CelValue path, TemplateFrame frame)
    {
        if (path.Kind != CelKind.String)
            return path.IsAbsent ? value : TemplateValues.Item(value, path, frame);
        var result = value;
        for (var rest = path; ;)
        {
            var dot = rest.Span.IndexOf((byte)'.');
            var name = dot < 0 ? rest : rest.Slice(0, dot);
            result = TemplateValues.Item(result, result.Kind == CelKind.List && long.TryParse(name.Span, out var index) ? CelValue.Of(index) : name, frame);
            if (dot < 0 || result.IsError)
                return result;
            rest = rest.Slice(dot + 1, rest.Length - dot - 1);
        }
    }

    private static TemplateFunction Filter(string name, string[] parameters, int required, TemplateImplementation implementation) =>
        new("filter", name, parameters, required, implementation);

    private static CelValue Default(ReadOnlySpan<CelValue> arguments)
    {
        var isKept = TemplateValues.IsTruthy(arguments[2]) ? TemplateValues.IsTruthy(arguments[0]) : !arguments[0].IsAbsent;
        return isKept ? arguments[0] : arguments[1].IsAbsent ? CelValue.EmptyString : arguments[1];
    }

    private static CelValue Length(in CelValue value, TemplateFrame frame) => value.Kind switch
    {
        CelKind.List => CelValue.Of((long)value.List.Count),
        CelKind.Map => CelValue.Of((long)value.Map.Count),
        CelKind.Absent => CelValue.Of(0L),
        CelKind.String => frame.Cost.ChargeText(value.Length) ? CelValue.Of((long)Utf8Text.CountOf(value.Span)) : CelErrors.Exhausted,
        _ => CelValue.Failure($"{TemplateValues.NameOf(value)} has no length"),
    };

    private static CelValue Join(TemplateFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        var separator = TemplateText.Of(arguments[1], frame);
        if (separator.IsError)
            return separator;
        var attribute = arguments[2];
        return OnItems("join", arguments[0], frame, items =>
        {
            if (!attribute.IsAbsent)
                items = Array.ConvertAll(items, item => Attribute(item, attribute, frame));
            return TemplateText.Join(items, separator.Span, frame);
        });
    }

    private static CelValue Sort(TemplateFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        bool isReversed = TemplateValues.IsTruthy(arguments[1]), isCaseSensitive = TemplateValues.IsTruthy(arguments[2]);
        var attribute = arguments[3];
        return OnItems("sort", arguments[0], frame, items => Sorted(items, attribute, isReversed, isCaseSensitive, frame));
    }

    private static CelValue Sorted(CelValue[] items, CelValue attribute, bool isReversed, bool isCaseSensitive, TemplateFrame frame)
    {
        var keys = Array.ConvertAll(items, item => KeyOf(Attribute(item, attribute, frame), isCaseSensitive, frame));
        if (Array.Find(keys, key => key.IsError) is { IsError: true } error)
            return error;
        for (var i = 1; i < keys.Length; i++)
        {
            if (TemplateValues.Compare(keys[0], keys[i], frame) is null)
                return CelValue.Failure($"{TemplateValues.NameOf(keys[0])} and {TemplateValues.NameOf(keys[i])} have no order: sort needs numbers only or strings only");
        }
        // Sorting compares each element a few times; the order of equal ones is kept.
        if (!frame.Cost.Charge(items.Length * 20L))
            return CelErrors.Exhausted;
        var places = Enumerable.Range(0, items.Length).ToArray();
        Array.Sort(places, (a, b) =>
        {
            var order = TemplateValues.Compare(keys[a], keys[b], frame) ?? 0;
            return order != 0 ? isReversed ? -order : order : a.CompareTo(b);
        });
        return TemplateValues.ListOf([.. places.Select(place => items[place])]);
    }

    private static CelValue KeyOf(in CelValue value, bool isCaseSensitive, TemplateFrame frame) =>
        isCaseSensitive || value.Kind != CelKind.String ? value : TemplateText.Map(value, text => text.ToLowerInvariant(), frame);

    private static CelValue Unique(TemplateFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        var isCaseSensitive = TemplateValues.IsTruthy(arguments[1]);
        var attribute = arguments[2];
        return OnItems("unique", arguments[0], frame, items =>
        {
            var seen = new HashSet<CelValue>(CelKeyComparer.Instance);
            List<CelValue> others = [], kept = [];
            foreach (var item in items)
            {
                var key = KeyOf(Attribute(item, attribute, frame), isCaseSensitive, frame);
                if (key.IsError)
                    return key;
                if (!frame.Cost.Charge(1 + (CelKeyComparer.IsKey(key.Kind) ? 0 : others.Count)))
                    return CelErrors.Exhausted;
                if (CelKeyComparer.IsKey(key.Kind) ? !seen.Add(key) : others.Exists(other => TemplateValues.AreEqual(other, key, frame)))
                    continue;
                if (!CelKeyComparer.IsKey(key.Kind))
                    others.Add(key);
                kept.Add(item);
            }
            return TemplateValues.ListOf(kept);
        });
    }

    private static CelValue Sum(TemplateFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        var attribute = arguments[1];
        return OnItems("sum", arguments[0], frame, items =>
        {
            var sum = CelValue.Of(0L);
            foreach (var item in items)
            {
                sum = TemplateOperators.Apply("+", sum, Attribute(item, attribute, frame), frame);
                if (sum.IsError)
                    break;
            }
            return sum;
        });
    }

    private static CelValue Extreme(string filter, in CelValue value, int sign, TemplateFrame frame) => OnItems(filter, value, frame, items =>
    {
        var best = items.Length > 0 ? items[0] : CelValue.Absent;
        foreach (var item in items)
        {
            if (TemplateValues.Compare(item, best, frame) is not { } order)
                return CelValue.Failure($"{TemplateValues.NameOf(item)} and {TemplateValues.NameOf(best)} have no order: {filter} needs numbers only or strings only");
            if (order * sign > 0)
                best = item;
        }
        return best;
    });

    private static CelValue Keys(in CelValue value, TemplateFrame frame) => OnEntries("keys", value, frame, static (map, i) => map.KeyAt(i));

    private static CelValue OnEntries(string filter, in CelValue value, TemplateFrame frame, Func<CelMap, int, CelValue> make)
    {
        if (value.IsAbsent)
            return CelValue.Of(CelArray.Empty);
        if (value.Kind != CelKind.Map)
            return CelValue.Failure($"the filter \"{filter}\" needs a map, not {TemplateValues.NameOf(value)}");
        if (!frame.Cost.Charge(2L * value.Map.Count))
            return CelErrors.Exhausted;
        var map = value.Map;
        return TemplateValues.ListOf([.. Enumerable.Range(0, map.Count).Select(i => make(map, i))]);
    }

    private static CelValue DictSort(in CelValue value, TemplateFrame frame)
    {
        var items = OnEntries("dictsort", value, frame, static (map, i) => CelValue.Of(CelList.Of(map.KeyAt(i), map.ValueAt(i))));
        if (items.IsError)
            return items;
        var entries = Enumerable.Range(0, items.List.Count).Select(i => items.List[i]).ToArray();
        return Sorted(entries, CelValue.Of(0L), isReversed: false, isCaseSensitive: false, frame);
    }
}
