using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Tests.Cel;

/// <summary>What expressions mean, by section of the CEL language definition and of the documents of its extensions.</summary>
public sealed class CelConformanceTests
{
    /// <summary>Section, expression and the text of its value.</summary>
    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Cel", "Cases"), "*.txt").Order())
            {
                var section = "";
                foreach (var line in File.ReadLines(file).Where(line => line.Length > 0))
                {
                    if (line.StartsWith("# ", StringComparison.Ordinal))
                        section = line[2..];
                    else
                        cases.Add(section, line[..line.LastIndexOf(" => ", StringComparison.Ordinal)].Trim(), line[(line.LastIndexOf(" => ", StringComparison.Ordinal) + 4)..]);
                }
            }
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Evaluate_Case_GivesWhatTheSectionSays(string section, string expression, string expected)
    {
        var program = CelProgram.TryCompile(expression, TestVariables.Environment, null, out var error);

        Assert.True(program is not null, $"{section}: {error}");
        var value = program.Evaluate(new TestVariables());
        if (expected == "error")
            Assert.True(value.IsError, $"{section}: {value}");
        else
            Assert.Equal(expected, value.ToString());
        if (!value.IsError)
            Assert.True(program.ResultType.Accepts(CelType.Of(value)), $"{section}: declared {program.ResultType}, is {value.Kind}");
    }
}
