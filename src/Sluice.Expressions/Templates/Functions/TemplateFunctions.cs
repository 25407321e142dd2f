namespace Sluice.Expressions.Templates;

/// <summary>All functions, filters and tests by name.</summary>
internal static class TemplateFunctions
{
    private static readonly Dictionary<string, TemplateFunction> Functions = MessageFunctions.All.ToDictionary(function => function.Name);
    private static readonly Dictionary<string, TemplateFunction> Filters =
        TextFilters.All.Concat(NumberFilters.All).Concat(ListFilters.All).Concat(SelectingFilters.All).ToDictionary(filter => filter.Name);
    private static readonly Dictionary<string, TemplateFunction> Tests = TemplateTests.All.ToDictionary(test => test.Name);

    public static IEnumerable<string> FunctionNames => Functions.Keys;

    public static IEnumerable<string> FilterNames => Filters.Keys;

    public static IEnumerable<string> TestNames => Tests.Keys;

    public static TemplateFunction? Function(string name) => Functions.GetValueOrDefault(name);

    public static TemplateFunction? Filter(string name) => Filters.GetValueOrDefault(name);

    public static TemplateFunction? Test(string name) => Tests.GetValueOrDefault(name);
}
