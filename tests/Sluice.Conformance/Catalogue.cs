using Sluice.Conformance.Data;
using Sluice.Conformance.Procedures;

namespace Sluice.Conformance;

/// <summary>All tests there are: those of the data, those of the suite that the data lacks, and what the next release adds.</summary>
internal static class Catalogue
{
    private static readonly string Cases = Path.Combine(AppContext.BaseDirectory, "Cases");

    /// <summary>Every test's description with the folder that its manifests are relative to.</summary>
    public static IReadOnlyList<(TestData Data, TestOrigin Origin, string Folder)> Read(string data) =>
    [
        .. ExpectationsFile.ReadSuite(Path.Combine(data, "expectations.json")).Select(test => (test, TestOrigin.Suite, data)),
        .. Own("suite", TestOrigin.Suite),
        .. Own("next", TestOrigin.NextRelease),
        .. Own("additional", TestOrigin.Additional),
    ];

    /// <summary>Every test with the way to run it, or the reason not to, in the order of the suite: by the manifests' names.</summary>
    /// <param name="data">The suite's folder.</param>
    /// <param name="features">What the GatewayClass claims.</param>
    public static IReadOnlyList<TestDefinition> Plan(string data, IReadOnlyCollection<string> features) =>
    [
        .. Read(data)
            .Select(entry => Define(entry.Data, entry.Origin, entry.Folder, features))
            .OrderBy(test => test.Manifests is [var first, ..] ? Path.GetFileName(first) : test.Name, StringComparer.Ordinal),
    ];

    private static TestDefinition Define(TestData test, TestOrigin origin, string folder, IReadOnlyCollection<string> features)
    {
        IReadOnlyList<string> manifests = [.. test.Manifest.Select(manifest => Path.Combine(folder, manifest))];
        var whyNot = WhyNot(test, features);
        return new TestDefinition(test, origin, manifests, whyNot is null ? Scripts.For(test.Test) ?? RegularProcedure.RunAsync : null, whyNot);
    }

    private static string? WhyNot(TestData test, IReadOnlyCollection<string> features)
    {
        if (test.IsOfMesh)
            return "mesh is not served by this version";
        return test.Features.FirstOrDefault(feature => !features.Contains(feature)) is { } missing ? $"feature {missing} is not claimed" : null;
    }

    private static IEnumerable<(TestData Data, TestOrigin Origin, string Folder)> Own(string name, TestOrigin origin)
    {
        var folder = Path.Combine(Cases, name);
        return Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => (ExpectationsFile.ReadOne(file), origin, folder));
    }
}
