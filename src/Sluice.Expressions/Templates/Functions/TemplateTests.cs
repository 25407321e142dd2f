using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>What stands behind "is".</summary>
internal static class TemplateTests
{
    public static IEnumerable<TemplateFunction> All { get; } =
    [
        Test("defined", static (_, value, _) => !value.IsAbsent),
        Test("undefined", static (_, value, _) => value.IsAbsent),
        Test("none", static (_, value, _) => value.Kind == CelKind.Null),
        Test("null", static (_, value, _) => value.Kind == CelKind.Null),
        Test("true", static (_, value, _) => value.IsTrue),
        Test("false", static (_, value, _) => value.IsFalse),
        Test("boolean", static (_, value, _) => value.Kind == CelKind.Bool),
        Test("number", static (_, value, _) => value.IsNumber),
        Test("integer", static (_, value, _) => value.Kind is CelKind.Int or CelKind.UInt),
        Test("float", static (_, value, _) => value.Kind == CelKind.Double),
        Test("string", static (_, value, _) => value.Kind == CelKind.String),
        Test("mapping", static (_, value, _) => value.Kind == CelKind.Map),
        Test("sequence", static (_, value, _) => value.Kind is CelKind.List or CelKind.String),
        Test("iterable", static (_, value, _) => value.Kind is CelKind.List or CelKind.Map or CelKind.String),
        Test("odd", static (_, value, _) => value.Kind is CelKind.Int or CelKind.UInt && (value.AsInt & 1) == 1),
        Test("even", static (_, value, _) => value.Kind is CelKind.Int or CelKind.UInt && (value.AsInt & 1) == 0),
        Test("lower", static (_, value, _) => value.Kind == CelKind.String && value.Span.IndexOfAnyInRange((byte)'A', (byte)'Z') < 0),
        Test("upper", static (_, value, _) => value.Kind == CelKind.String && value.Span.IndexOfAnyInRange((byte)'a', (byte)'z') < 0),
        TestOf("divisibleby", "num", static (_, value, other) => value.IsNumber && other.IsNumber && TemplateOperators.NumberOf(other) is var number && number != 0 && TemplateOperators.NumberOf(value) % number == 0),
        TestOf("eq", "value", static (frame, value, other) => TemplateValues.AreEqual(value, other, frame)),
        TestOf("equalto", "value", static (frame, value, other) => TemplateValues.AreEqual(value, other, frame)),
        TestOf("sameas", "value", static (frame, value, other) => value.Kind == other.Kind && TemplateValues.AreEqual(value, other, frame)),
        TestOf("ne", "value", static (frame, value, other) => !TemplateValues.AreEqual(value, other, frame)),
        TestOf("lt", "value", static (frame, value, other) => TemplateValues.Compare(value, other, frame) < 0),
        TestOf("lessthan", "value", static (frame, value, other) => TemplateValues.Compare(value, other, frame) < 0),
        TestOf("le", "value", static (frame, value, other) => TemplateValues.Compare(value, other, frame) <= 0),
        TestOf("gt", "value", static (frame, value, other) => TemplateValues.Compare(value, other, frame) > 0),
        TestOf("greaterthan", "value", static (frame, value, other) => TemplateValues.Compare(value, other, frame) > 0),
        TestOf("ge", "value", static (frame, value, other) => TemplateValues.Compare(value, other, frame) >= 0),
        TestOf("startingwith", "value", static (frame, value, other) => AreTexts(frame, value, other) && value.Span.StartsWith(other.Span)),
        TestOf("endingwith", "value", static (frame, value, other) => AreTexts(frame, value, other) && value.Span.EndsWith(other.Span)),
        TestOf("containing", "value", static (frame, value, other) => TemplateOperators.Contains(value, other, frame).IsTrue),
        new TemplateFunction("test", "in", ["value"], 1, static (frame, arguments) => TemplateOperators.Contains(arguments[1], arguments[0], frame)),
        new TemplateFunction("test", "filter", [], 0, static (_, arguments) => CelValue.Of(IsName(arguments[0], name => TemplateFunctions.Filter(name) is not null))),
        new TemplateFunction("test", "test", [], 0, static (_, arguments) => CelValue.Of(IsName(arguments[0], name => TemplateFunctions.Test(name) is not null))),
    ];

    private static TemplateFunction Test(string name, Func<TemplateFrame, CelValue, CelValue, bool> test) =>
        new("test", name, [], 0, (frame, arguments) => CelValue.Of(test(frame, arguments[0], CelValue.Absent)));

    private static TemplateFunction TestOf(string name, string parameter, Func<TemplateFrame, CelValue, CelValue, bool> test) =>
        new("test", name, [parameter], 1, (frame, arguments) => CelValue.Of(test(frame, arguments[0], arguments[1])));

    private static bool AreTexts(TemplateFrame frame, in CelValue a, in CelValue b) =>
        a.Kind == CelKind.String && b.Kind == CelKind.String && frame.Cost.ChargeText(b.Length);

    private static bool IsName(in CelValue value, Func<string, bool> isKnown) =>
        value.Kind == CelKind.String && value.Length < 64 && isKnown(System.Text.Encoding.UTF8.GetString(value.Span));
}
