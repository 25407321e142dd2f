using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Configuration;
using Sluice.Proxy.Filters;

namespace Sluice.Proxy.Tests.Filters;

/// <summary>Composed edits do what applying modifier after modifier to the fields does.</summary>
public sealed class HeaderEditsProperties
{
    private static readonly Gen<string> Name = Gen.Elements("a", "A", "b", "bb", "Bb", "ccc", "host");

    private static readonly Gen<HeaderValue> Field =
        from name in Name
        from value in Gen.Elements("1", "2", "3", "")
        select new HeaderValue(name, value);

    private static readonly Gen<HeaderModifier> Modifier =
        from sets in Gen.Choose(0, 2)
        from adds in Gen.Choose(0, 2)
        from removes in Gen.Choose(0, 2)
        from set in Gen.ArrayOf(Field, sets)
        from add in Gen.ArrayOf(Field, adds)
        from remove in Gen.ArrayOf(Name, removes)
        select new HeaderModifier { Set = set, Add = add, Remove = remove };

    [Fact]
    public void Build_AnyModifiers_EqualsApplyingThemOneByOne()
    {
        Gen<(HeaderModifier[] First, HeaderModifier[] Second, HeaderValue[] Fields)> cases =
            from firsts in Gen.Choose(0, 3)
            from seconds in Gen.Choose(0, 3)
            from count in Gen.Choose(0, 6)
            from first in Gen.ArrayOf(Modifier, firsts)
            from second in Gen.ArrayOf(Modifier, seconds)
            from fields in Gen.ArrayOf(Field, count)
            select (first, second, fields);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            List<HeaderValue> expected = [.. sample.Fields];
            foreach (HeaderModifier modifier in sample.First.Concat(sample.Second))
                expected = Apply(modifier, expected);
            List<HeaderValue> actual = Apply(HeaderEditsBuilder.Build(sample.First, sample.Second, "request header", []), sample.Fields);
            return ByName(expected).SequenceEqual(ByName(actual));
        }));
    }

    [Fact]
    public void AppendedLines_AnyModifiers_HoldTheAppendedFields()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Gen.ArrayOf(Modifier, 3).ToArbitrary(), modifiers =>
        {
            HeaderEdits edits = HeaderEditsBuilder.Build(modifiers, "request header", []);
            var lines = new StringBuilder();
            for (int i = 0; i < edits.AppendedCount; i++)
                lines.Append(Text(edits.AppendedName(i))).Append(": ").Append(Text(edits.AppendedValue(i))).Append("\r\n");
            return lines.ToString() == Text(edits.AppendedLines);
        }));
    }

    private static List<HeaderValue> Apply(HeaderEdits edits, HeaderValue[] fields)
    {
        List<HeaderValue> result = [.. fields.Where(field => !edits.Removes(Encoding.ASCII.GetBytes(field.Name)))];
        for (int i = 0; i < edits.AppendedCount; i++)
            result.Add(new HeaderValue(Text(edits.AppendedLowerName(i)), Text(edits.AppendedValue(i))));
        return result;
    }

    private static List<HeaderValue> Apply(HeaderModifier modifier, List<HeaderValue> fields)
    {
        List<HeaderValue> result = [.. fields];
        foreach (string name in modifier.Remove.Where(name => name != "host"))
            result.RemoveAll(field => Same(field.Name, name));
        var seen = new List<string>();
        foreach (HeaderValue set in modifier.Set.Where(set => set.Name != "host"))
        {
            if (seen.Exists(name => Same(name, set.Name)))
                continue;
            seen.Add(set.Name);
            result.RemoveAll(field => Same(field.Name, set.Name));
            result.Add(set);
        }
        seen.Clear();
        foreach (HeaderValue add in modifier.Add.Where(add => add.Name != "host"))
        {
            if (seen.Exists(name => Same(name, add.Name)))
                continue;
            seen.Add(add.Name);
            result.Add(add);
        }
        return result;
    }

    // The order of fields of different names carries no meaning (RFC 9110 5.3).
    private static IEnumerable<string> ByName(List<HeaderValue> fields) =>
        fields.GroupBy(field => field.Name.ToUpperInvariant()).OrderBy(group => group.Key)
            .Select(group => group.Key + ": " + string.Join(',', group.Select(field => field.Value)));

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
