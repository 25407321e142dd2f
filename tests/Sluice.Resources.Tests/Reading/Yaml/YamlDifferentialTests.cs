using System.Text;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading.Yaml;

/// <summary>The parser against another one: what both accept must mean the same.</summary>
public class YamlDifferentialTests
{
    private const int Mutations = 20_000;

    private static readonly string[] Pieces =
    [
        "a", "b: ", "c:", "- ", "-", "\n", "\n\n", "  ", "    ", " ", "\t", ": ", ":", "#", " # note", "\"", "'", "|", ">", "|-", ">+", "|2", "[", "]", "{", "}", ",", "\\n", "\\",
        "&x ", "*x", "!!str ", "---\n", "...\n", "text", "true", "12", "~", "é", "\r\n", "? ", "%", "@",
    ];

    [Fact]
    public void Parse_MutatedManifests_MeansTheSameAsToTheOtherParser()
    {
        var random = new Random(20250731);
        var seeds = YamlSamples.Valid;
        var accepted = 0;
        for (var i = 0; i < Mutations; i++)
        {
            var text = new StringBuilder(seeds[random.Next(seeds.Length)]);
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                Mutate(text, random);
            accepted += Compare(text.ToString());
        }

        Assert.True(accepted > Mutations / 20, $"only {accepted} mutations were accepted by both");
    }

    [Fact]
    public void Parse_RandomPieces_MeansTheSameAsToTheOtherParser()
    {
        var random = new Random(4711);
        for (var i = 0; i < Mutations; i++)
        {
            var text = new StringBuilder();
            for (var pieces = random.Next(1, 14); pieces > 0; pieces--)
                text.Append(Pieces[random.Next(Pieces.Length)]);
            Compare(text.ToString());
        }
    }

    /// <summary>
    /// What the other parser gets wrong: block scalars at the root, whose text has no indentation; '*' inside plain keys;
    /// ':' right before a bracket in flow collections. Lone carriage returns never come to the parser.
    /// </summary>
    private static bool IsOutOfScope(string text) =>
        text.TrimStart().StartsWith('|') || text.TrimStart().StartsWith('>') || text.Contains(" *", StringComparison.Ordinal) ||
        text.Contains(":}", StringComparison.Ordinal) || text.Contains(":]", StringComparison.Ordinal) ||
        text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\r', StringComparison.Ordinal);

    private static int Compare(string text)
    {
        if (IsOutOfScope(text))
            return 0;
        List<string> mine;
        try
        {
            mine = TreeText.Documents(Encoding.UTF8.GetBytes(text));
        }
        catch (ManifestSyntaxException)
        {
            return 0;
        }

        if (OtherParser.Documents(text) is not { } others)
            return 0;
        Assert.True(others.SequenceEqual(mine), $"Text: {TreeText.Escape(text)}\nOther: {string.Join(" / ", others)}\nMine:  {string.Join(" / ", mine)}");
        return 1;
    }

    private static void Mutate(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length + 1);
        switch (random.Next(3))
        {
            case 0:
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 1:
                text.Remove(at, Math.Min(random.Next(1, 5), text.Length - at));
                break;
            default:
                var length = Math.Min(random.Next(1, 12), text.Length - at);
                var copy = text.ToString(at, length);
                text.Insert(random.Next(text.Length + 1), copy);
                break;
        }
    }
}
