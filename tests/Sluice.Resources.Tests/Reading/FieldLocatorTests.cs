using System.Text;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

public sealed class FieldLocatorTests
{
    private const string Yaml = """
        kind: A
        spec: {x: 1}
        ---
        kind: B
        spec:
          rules:
          - name: one
          - matches:
            - path: /x
        ---
        kind: List
        items:
        - kind: C
          spec:
            y: 2
        """;

    [Theory]
    [InlineData(1, "spec.x", 2, 8)]
    [InlineData(4, "spec.rules[0]", 7, 5)]
    [InlineData(4, "spec.rules[1].matches[0].path", 9, 7)]
    [InlineData(4, "spec.rules[1].backendRefs", 8, 5)]
    [InlineData(4, "spec.rules[7]", 6, 3)]
    [InlineData(13, "spec.y", 15, 5)]
    public void Find_Field_GivesItsPlaceOrTheNearestAbove(int objectLine, string field, int line, int column) =>
        Assert.Equal((line, column), Locate("a.yaml", Yaml, objectLine, field));

    [Fact]
    public void Find_NoObjectOnThatLine_IsNull() => Assert.Null(Locate("a.yaml", Yaml, 2, "spec"));

    [Fact]
    public void Find_Json_GivesItsPlace() => Assert.Equal((2, 3), Locate("a.json", "{\n  \"spec\": {}\n}", 1, "spec"));

    [Fact]
    public void Find_BrokenText_FindsWhatStandsBefore() => Assert.Equal((2, 8), Locate("a.yaml", Yaml + "\n---\n{", 1, "spec.x"));

    private static (int Line, int Column)? Locate(string path, string text, int objectLine, string field) =>
        new FieldLocator(path, Encoding.UTF8.GetBytes(text), [(objectLine, field)]).Find(objectLine, field);
}
