using Sluice.Translation.Support;
using Sluice.Translation.Support.Policies;

namespace Sluice.Translation.Tests.FieldReference;

public sealed class PolicyFieldReferenceTests
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("SLUICE_UPDATE_FIELDS") == "1";

    public static TheoryData<string> Kinds => [.. PolicySupportTable.Kinds.Select(kind => kind.Kind)];

    [Fact]
    public void Document_IsWhatTheTableSays()
    {
        if (Updates)
            File.WriteAllText(PolicyFieldsDocument.FilePath, PolicyFieldsDocument.Write());

        Assert.Equal(PolicyFieldsDocument.Write(), File.ReadAllText(PolicyFieldsDocument.FilePath));
    }

    /// <summary>A place that is marked is a field, or has fields below it.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void Marks_AreOfFieldsThatAreThere(string name)
    {
        var fields = PolicySupportTable.Kinds.Single(kind => kind.Kind == name).Fields;

        Assert.NotEmpty(fields);
        Assert.All(PolicySupportTable.MarksOf(name).Marks, mark => Assert.Contains(fields, field => PolicyMarks.Covers(mark.Path, field.Path)));
    }

    [Fact]
    public void Mark_OfAPlace_CountsForWhatIsBelowIt()
    {
        var marks = new PolicyMarks().Supported("spec.rateLimit").Refused("spec.rateLimit.quota", "No server.");

        Assert.Equal(SupportLevel.Supported, marks.Of("spec.rateLimit.local.percentEnabled").Level);
        Assert.Equal((SupportLevel.Refused, "No server."), (marks.Of("spec.rateLimit.quota.bucket[].key").Level, marks.Of("spec.rateLimit.quota.bucket[].key").Notes));
        Assert.Equal(SupportLevel.NotSupported, marks.Of("spec.rateLimits").Level);
    }
}
