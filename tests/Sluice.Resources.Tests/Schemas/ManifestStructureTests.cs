using Sluice.Resources.Schemas;

namespace Sluice.Resources.Tests.Schemas;

/// <summary>Manifests that people write hold nothing that the schemas do not know.</summary>
public class ManifestStructureTests
{
    [Fact]
    public void Check_SmallSet_FindsNothing()
    {
        var kinds = new HashSet<string>();
        foreach (var (schema, item) in Manifests.Known(Manifests.Small))
        {
            Assert.Empty(StructuralCheck.Check(schema.Root, item));
            kinds.Add(schema.Kind);
        }

        Assert.Equal(29, kinds.Count);
    }

    [Fact]
    public void Check_Examples_FindsNothing() => Assert.InRange(Fitting(Manifests.Examples().Where(file => !IsWrong(file.Name))), 20, int.MaxValue);

    [Fact]
    public void Check_ExampleOfMistakes_FindsTheUnknownField() => Assert.Equal(
        ["unknown field \"spec.hostname\""],
        Manifests.Examples().Where(file => IsWrong(file.Name)).SelectMany(file => Manifests.Known(file.Text))
            .SelectMany(one => StructuralCheck.Check(one.Schema.Root, one.Item)).Where(finding => finding.IsUnknown).Select(finding => finding.Message));

    [Fact]
    public void Check_ConformanceManifests_FindsNothing() => Assert.InRange(Fitting(Manifests.Conformance()), 250, int.MaxValue);

    /// <summary>The folder that shows mistakes.</summary>
    private static bool IsWrong(string name) => Path.GetFileName(Path.GetDirectoryName(name)) == "mistakes";

    /// <summary>How many objects were looked at.</summary>
    private static int Fitting(IEnumerable<(string Name, string Text)> files)
    {
        var count = 0;
        foreach (var (name, text) in files)
        {
            foreach (var (schema, item) in Manifests.Known(text))
            {
                var findings = StructuralCheck.Check(schema.Root, item);
                Assert.True(findings.Count == 0, $"{name}: {schema.Kind}: {string.Join("; ", findings.Select(finding => finding.Message))}");
                count++;
            }
        }

        return count;
    }
}
