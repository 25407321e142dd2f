using System.Text;
using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>Filters that apply another filter or a test to every element.</summary>
internal static class SelectingFilters
{
    public static IEnumerable<TemplateFunction> All { get; } =
    [
        Filter("map", ["filter", "attribute", "default"], static (frame, arguments) => Map(frame, arguments)),
        Filter("select", ["test", "value"], static (frame, arguments) => Select("select", arguments[0], CelValue.Absent, arguments[1], arguments[2], true, frame)),
        Filter("reject", ["test", "value"], static (frame, arguments) => Select("reject", arguments[0], CelValue.Absent, arguments[1], arguments[2], false, frame)),
        Filter("selectattr", ["attribute", "test", "value"], static (frame, arguments) => Select("selectattr", arguments[0], arguments[1], arguments[2], arguments[3], true, frame)),
        Filter("rejectattr", ["attribute", "test", "value"], static (frame, arguments) => Select("rejectattr", arguments[0], arguments[1], arguments[2], arguments[3], false, frame)),
    ];

    private static TemplateFunction Filter(string name, string[] parameters, TemplateImplementation implementation) => new("filter", name, parameters, 0, implementation);

    private static CelValue Map(TemplateFrame frame, ReadOnlySpan<CelValue> arguments)
    {
        CelValue name = arguments[1], attribute = arguments[2], otherwise = arguments[3];
        if (!attribute.IsAbsent)
        {
            return ListFilters.OnItems("map", arguments[0], frame, items =>
                TemplateValues.ListOf(Array.ConvertAll(items, item => ListFilters.Attribute(item, attribute, frame) is { IsAbsent: false } found ? found : otherwise)));
        }
        if (name.Kind != CelKind.String || TemplateFunctions.Filter(Encoding.UTF8.GetString(name.Span)) is not { } filter || filter.Required > 0)
            return CelValue.Failure("map needs the name of a filter without arguments, as in map(\"upper\"), or an attribute, as in map(attribute=\"name\")");
        return ListFilters.OnItems("map", arguments[0], frame, items =>
        {
            var results = new CelValue[items.Length];
            for (var i = 0; i < items.Length; i++)
            {
                results[i] = filter.Implementation(frame, [items[i], CelValue.Absent, CelValue.Absent, CelValue.Absent, CelValue.Absent]);
                if (results[i].IsError)
                    return results[i];
            }
            return TemplateValues.ListOf(results);
        });
    }

    private static CelValue Select(string filter, in CelValue value, CelValue attribute, CelValue name, CelValue operand, bool isWanted, TemplateFrame frame)
    {
        TemplateFunction? test = null;
        if (!name.IsAbsent && (name.Kind != CelKind.String || (test = TemplateFunctions.Test(Encoding.UTF8.GetString(name.Span))) is null))
            return CelValue.Failure($"{filter} needs the name of a test, as in {filter}(\"odd\")");
        return ListFilters.OnItems(filter, value, frame, items =>
        {
            var kept = new List<CelValue>();
            foreach (var item in items)
            {
                var part = ListFilters.Attribute(item, attribute, frame);
                var result = test is null ? part : test.Implementation(frame, [part, operand, CelValue.Absent, CelValue.Absent, CelValue.Absent]);
                if (result.IsError)
                    return result;
                if (TemplateValues.IsTruthy(result) == isWanted)
                    kept.Add(item);
            }
            return TemplateValues.ListOf(kept);
        });
    }
}
