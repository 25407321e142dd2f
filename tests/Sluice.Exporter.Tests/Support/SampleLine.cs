using System.Text;
using System.Text.RegularExpressions;

namespace Sluice.Exporter.Tests.Support;

/// <summary>Reads a line with a sample, by the grammar that both formats share. Anything beyond it is an error.</summary>
internal static partial class SampleLine
{
    public static ParsedSample Parse(string line)
    {
        var name = NamePrefix().Match(line).Value;
        Assert.True(name.Length > 0, $"no name: {line}");
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = name.Length;
        if (at < line.Length && line[at] == '{')
            at = ReadLabels(line, at + 1, labels);
        Assert.True(at < line.Length && line[at] == ' ', $"one space before the value: {line}");
        var value = line[(at + 1)..];
        Assert.True(Number().IsMatch(value), $"no number, or more than one: {line}");
        return new ParsedSample(name, labels, value);
    }

    private static int ReadLabels(string line, int at, Dictionary<string, string> labels)
    {
        while (line[at] != '}')
        {
            var name = LabelPrefix().Match(line[at..]).Value;
            Assert.True(name.Length > 0, $"no label name at {at}: {line}");
            at += name.Length;
            Assert.True(line[at..].StartsWith("=\"", StringComparison.Ordinal), $"no value of {name}: {line}");
            at += 2;
            var value = new StringBuilder();
            for (; line[at] != '"'; at++)
            {
                if (line[at] != '\\')
                {
                    value.Append(line[at]);
                    continue;
                }

                at++;
                value.Append(line[at] switch
                {
                    'n' => '\n',
                    '\\' or '"' => line[at],
                    _ => throw new InvalidDataException($"\\{line[at]} is no escape: {line}"),
                });
            }

            Assert.False(name.StartsWith("__", StringComparison.Ordinal), $"{name} is reserved: {line}");
            Assert.True(labels.TryAdd(name, value.ToString()), $"{name} is there twice: {line}");
            at++;
            if (line[at] == ',')
                at++;
            else
                Assert.Equal('}', line[at]);
        }

        Assert.NotEqual(',', line[at - 1]);
        return at + 1;
    }

    [GeneratedRegex("^[a-zA-Z_:][a-zA-Z0-9_:]*")]
    private static partial Regex NamePrefix();

    [GeneratedRegex("^[a-zA-Z_][a-zA-Z0-9_]*")]
    private static partial Regex LabelPrefix();

    [GeneratedRegex(@"^([+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]Inf|NaN)$")]
    private static partial Regex Number();
}
