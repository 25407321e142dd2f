using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Tests.Cel;

/// <summary>Whatever comes in: no exception, no endless loop, no more than the budget; and arithmetic that is right.</summary>
public sealed class CelProperties
{
    private static readonly string[] Pieces =
    [
        "request", ".", "method", "path", "headers", "jwt", "names", "anything", "size", "(", ")", "[", "]", "{", "}", ",", ":", "?", "==", "!=", "<", ">=", "&&", "||", "!",
        "+", "-", "*", "/", "%", " in ", "1", "0", "2u", "1.5", "'a'", "\"b\"", "b'c'", "true", "null", "x", "has", "all", "exists", "map", "filter", "matches", "split", "replace",
        "substring", "format", "math.greatest", "ip", "cidr", "timestamp", "duration", "'('", "'%s'", "join", "string", "int", "dyn", "type", " ", "\n", "\\", "'", "é", "😀", "\ud800",
    ];

    [Fact]
    public void TryCompile_AnyText_IsAProgramOrAnErrorWithinTheText()
    {
        Gen<string> text = from count in Gen.Choose(0, 30) from parts in Gen.ArrayOf(Gen.Elements(Pieces), count) select string.Concat(parts);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(text.ToArbitrary(), source =>
        {
            var program = CelProgram.TryCompile(source, TestVariables.Environment, null, out var error);
            if (program is null)
                return error!.Position >= 0 && error.Position <= source.Length && error.Line >= 1 && error.Column >= 1 && error.Message.Length > 0;
            return !program.Evaluate(new TestVariables()).IsAbsent;
        }));
    }

    [Fact]
    public void Evaluate_AnyExpression_IsAValueOfItsType()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(20_000), Prop.ForAll(Expression(4).ToArbitrary(), source =>
        {
            var program = CelProgram.TryCompile(source, TestVariables.Environment, null, out _);
            if (program is null)
                return true;
            var value = program.Evaluate(new TestVariables());
            return value.IsError || program.ResultType.Accepts(CelType.Of(value));
        }));
    }

    [Fact]
    public void Evaluate_WholeNumbers_AreRightOrAnError()
    {
        var operators = new (string Symbol, Func<Int128, Int128, Int128?> Compute)[]
        {
            ("+", (a, b) => a + b), ("-", (a, b) => a - b), ("*", (a, b) => a * b), ("/", (a, b) => b == 0 ? null : a / b), ("%", (a, b) => b == 0 ? null : a % b),
        };
        Gen<long> number = Gen.OneOf(Gen.Elements(0L, 1, -1, 2, long.MaxValue, long.MinValue, long.MaxValue - 1), ArbMap.Default.GeneratorFor<long>(), Gen.Choose(-100, 100).Select(n => (long)n));
        Gen<(long, long, int)> cases = from a in number from b in number from i in Gen.Choose(0, operators.Length - 1) select (a, b, i);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var (a, b, i) = sample;
            var value = CelProgram.TryCompile($"({a}) {operators[i].Symbol} ({b})", CelEnvironment.Empty, CelType.Int, out _)!.Evaluate(NoVariables.Instance);
            var expected = operators[i].Compute(a, b);
            return expected is { } exact && exact >= long.MinValue && exact <= long.MaxValue ? value.Kind == CelKind.Int && value.AsInt == exact : value.IsError;
        }));
    }

    [Fact]
    public void Compare_NumbersOfAllTypes_IsAnOrder()
    {
        Gen<CelValue> number = Gen.OneOf(
            ArbMap.Default.GeneratorFor<long>().Select(CelValue.Of), ArbMap.Default.GeneratorFor<ulong>().Select(CelValue.Of), ArbMap.Default.GeneratorFor<double>().Select(CelValue.Of),
            Gen.Elements(CelValue.Of(long.MaxValue), CelValue.Of(long.MinValue), CelValue.Of(ulong.MaxValue), CelValue.Of(9223372036854775808.0), CelValue.Of(-0.0), CelValue.Of(1.5), CelValue.Of(1L)));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Gen.ArrayOf(number, 3).ToArbitrary(), numbers =>
        {
            var (a, b, c) = (numbers[0], numbers[1], numbers[2]);
            if (CelNumbers.Compare(a, b) is not { } order)
                return Array.Exists(numbers, n => n.Kind == CelKind.Double && double.IsNaN(n.AsDouble));
            var isOpposite = Math.Sign(CelNumbers.Compare(b, a) ?? 9) == -Math.Sign(order);
            var isTransitive = order > 0 || CelNumbers.Compare(b, c) is not <= 0 || CelNumbers.Compare(a, c) is null or <= 0;
            return isOpposite && isTransitive && (order != 0 || CelKeyComparer.Instance.GetHashCode(a) == CelKeyComparer.Instance.GetHashCode(b));
        }));
    }

    [Fact]
    public void Parse_AnyBytes_IsAValueOrAnError()
    {
        Gen<string> text = from count in Gen.Choose(0, 20) from parts in Gen.ArrayOf(Gen.Elements("{", "}", "[", "]", ",", ":", "\"a\"", "\"\\ud800\"", "\"\\n\"", "1", "-0.5e9", "1e999", "true", "null", " ", "x", "\u00e9"), count) select string.Concat(parts);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(10_000), Prop.ForAll(text.ToArbitrary(), json =>
        {
            var value = JsonValues.Parse(Encoding.UTF8.GetBytes(json));
            return !value.IsAbsent && value.ToString().Length > 0;
        }));
    }

    private static Gen<string> Expression(int depth)
    {
        Gen<string> atom = Gen.Elements(
            "request.method", "request.path", "request.size", "jwt", "jwt.sub", "jwt.groups", "names", "anything", "1", "-2", "3u", "1.5", "'a'", "'%s'", "b'x'", "true", "null", "u", "d",
            "request.headers", "request.headers['host']", "request.time", "duration('1h')", "[1, 2]", "{'a': 1}", "source.address", "missing");
        if (depth == 0)
            return atom;
        var inner = Expression(depth - 1);
        Gen<string> binary = from a in inner from b in inner from o in Gen.Elements("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||", "in") select $"({a} {o} {b})";
        Gen<string> call = from a in inner from b in inner from f in Gen.Elements("contains", "split", "startsWith", "join", "matches", "indexOf", "format", "charAt", "substring") select $"{a}.{f}({b})";
        Gen<string> function = from a in inner from f in Gen.Elements("size", "string", "int", "uint", "double", "dyn", "type", "!", "-", "ip", "math.greatest", "timestamp", "toJson", "bytes") select $"{f}({a})";
        Gen<string> macro = from a in inner from b in inner from f in Gen.Elements("all", "exists", "map", "filter", "exists_one") select $"{a}.{f}(x, {b.Replace("names", "x", StringComparison.Ordinal)})";
        Gen<string> choice = from a in inner from b in inner from c in inner select $"({a} ? {b} : {c})";
        Gen<string> index = from a in inner from b in inner select $"{a}[{b}]";
        Gen<string> dynamic = inner.Select(a => $"dyn({a})");
        return Gen.Frequency((2, atom), (3, binary), (2, call), (2, function), (2, macro), (1, choice), (1, index), (2, dynamic));
    }
}
