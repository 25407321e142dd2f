using Sluice.Translation.Support;

namespace Sluice.Translation.Tests.FieldReference;

public sealed class FieldReferenceTests
{
    /// <summary>Of GEP-1619, and left out of the CRDs of v1.6.</summary>
    private const string BesideTheCrds = "spec.rules[].sessionPersistence.idleTimeout";

    private static readonly bool Updates = Environment.GetEnvironmentVariable("SLUICE_UPDATE_FIELDS") == "1";

    public static TheoryData<string> Kinds => [.. SupportTable.Kinds.Select(kind => kind.Kind)];

    [Fact]
    public void Document_IsWhatTheTableSays()
    {
        if (Updates)
            File.WriteAllText(FieldsDocument.FilePath, FieldsDocument.Write());

        Assert.Equal(FieldsDocument.Write(), File.ReadAllText(FieldsDocument.FilePath));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Table_HasEveryFieldOfTheCrdOnce(string name)
    {
        Assert.SkipUnless(CrdFields.AreThere, "the CRDs do not lie beside the repository");
        var kind = SupportTable.Kinds.Single(kind => kind.Kind == name);

        var listed = kind.Fields.Select(field => field.Path).Where(path => path != BesideTheCrds);

        Assert.Equal(CrdFields.Of(kind.Plural).Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Table_HasEveryFieldOfTheSchemaOnce(string name)
    {
        var kind = SupportTable.Kinds.Single(kind => kind.Kind == name);

        Assert.Equal(SchemaFields.Of(name).Order(StringComparer.Ordinal), kind.Fields.Select(field => field.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Table_SaysWhyOfWhateverIsNotSupported() => Assert.All(
        SupportTable.Kinds.SelectMany(kind => kind.Fields).Where(field => field.Level != SupportLevel.Supported),
        field => Assert.NotEmpty(field.Notes));
}
