using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Configuration.Patterns;

namespace Sluice.Configuration.Tests.Patterns;

/// <summary>Agrees with working out all ends that each part of an expression can have in a text.</summary>
public sealed class RegularExpressionProperties
{
    private static readonly Gen<Part> Atom = Gen.Elements(
        Of("a", c => c == 'a'), Of("b", c => c == 'b'), Of("c", c => c == 'c'), Of("é", c => c == 'é'), Of(".", _ => true), Of("[ab]", c => c is 'a' or 'b'),
        Of("[^a]", c => c != 'a'), Of("[a-cé]", c => c is >= 'a' and <= 'c' or 'é'), Of("[^é]", c => c != 'é'), Of(@"\d", c => c == '1'), Of(@"\.", c => c == '.'),
        Of("(?i:b)", c => c is 'b' or 'B'), Of("[[:alpha:]]", char.IsAsciiLetter), Of("(?i:[^éa])", c => c is not ('é' or 'É' or 'a' or 'A')),
        new Part("^", (_, at) => at == 0 ? [at] : []), new Part("$", (text, at) => at == text.Length ? [at] : []), new Part("()", (_, at) => [at]));

    private static readonly Gen<(string Text, int Min, int Max)> Quantifier = Gen.Elements(
        ("", 1, 1), ("", 1, 1), ("*", 0, -1), ("+", 1, -1), ("?", 0, 1), ("*?", 0, -1), ("{2}", 2, 2), ("{1,}", 1, -1), ("{0,2}", 0, 2), ("{0}", 0, 0), ("{20}", 20, 20));

    private static readonly Gen<string> Text =
        from count in Gen.Choose(0, 8)
        from parts in Gen.ArrayOf(Gen.Elements("a", "b", "c", "A", "B", "é", "1", "."), count)
        select string.Concat(parts);

    [Fact]
    public void IsMatch_AnyExpressionAndText_EqualsTheReference()
    {
        Gen<(Part Part, string[] Texts)> cases = from part in Expression(3) from texts in Gen.ArrayOf(Text, 8) select (part, texts);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            RegularExpression expression;
            try
            {
                expression = RegularExpression.Parse(sample.Part.Pattern);
            }
            catch (PatternException error)
            {
                return error.Message.StartsWith("the expression is too large", StringComparison.Ordinal);
            }
            return Array.TrueForAll(sample.Texts, text =>
                expression.IsMatch(Encoding.UTF8.GetBytes(text)) == sample.Part.Ends(text, 0).Contains(text.Length));
        }));
    }

    [Fact]
    public void Parse_AnyText_IsAnExpressionOrAnError()
    {
        Gen<string> text = from count in Gen.Choose(0, 20) from parts in Gen.ArrayOf(Gen.Elements(@"()[]{}|*+?.^$\-:,<>=!ainPsdwx019é".Select(c => c.ToString())), count) select string.Concat(parts);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(text.ToArbitrary(), pattern =>
        {
            try
            {
                RegularExpression.Parse(pattern).IsMatch("a1b"u8);
            }
            catch (PatternException error)
            {
                return error.Position >= 0 && error.Position <= pattern.Length;
            }
            return true;
        }));
    }

    private static Gen<Part> Expression(int depth)
    {
        Gen<Part> part = depth == 0 ? Atom : Gen.Frequency((3, Atom), (2, Expression(depth - 1).Select(inner => inner with { Pattern = $"({inner.Pattern})" })));
        Gen<Part> piece = from atom in part from quantifier in Quantifier select Repeated(atom, quantifier);
        return
            from count in Gen.Choose(1, 3)
            from pieces in Gen.ArrayOf(piece, count)
            from isChoice in Gen.Frequency((3, Gen.Constant(false)), (1, Gen.Constant(true)))
            select isChoice ? Choice(pieces) : Sequence(pieces);
    }

    private static Part Of(string pattern, Func<char, bool> takes) => new(pattern, (text, at) => at < text.Length && takes(text[at]) ? [at + 1] : []);

    private static Part Choice(Part[] parts) =>
        new(string.Join('|', parts.Select(part => part.Pattern)), (text, at) => [.. parts.SelectMany(part => part.Ends(text, at))]);

    private static Part Sequence(Part[] parts) => new(
        string.Concat(parts.Select(part => part.Pattern)),
        (text, at) => parts.Aggregate(new HashSet<int> { at }, (ends, part) => [.. ends.SelectMany(end => part.Ends(text, end))]));

    private static Part Repeated(Part part, (string Text, int Min, int Max) quantifier) => new(part.Pattern + quantifier.Text, (text, at) =>
    {
        HashSet<int> ends = [at];
        for (int i = 0; i < quantifier.Min; i++)
            ends = [.. ends.SelectMany(end => part.Ends(text, end))];
        // As often as there are positions is as often as makes a difference.
        for (int i = quantifier.Min; i < (quantifier.Max < 0 ? quantifier.Min + text.Length : quantifier.Max); i++)
            ends.UnionWith([.. ends.SelectMany(end => part.Ends(text, end))]);
        return ends;
    });

    /// <summary>A pattern, and where in a text what begins at a position can end.</summary>
    private sealed record Part(string Pattern, Func<string, int, HashSet<int>> Ends);
}
