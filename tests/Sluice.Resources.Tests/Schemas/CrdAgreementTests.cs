using Sluice.Resources.GatewayApi;
using Sluice.Resources.Schemas;
using YamlDotNet.RepresentationModel;

namespace Sluice.Resources.Tests.Schemas;

/// <summary>Our schemas of the Gateway API say what the CRDs of its release say: the standard channel, and experimental fields.</summary>
public class CrdAgreementTests
{
    public static TheoryData<string> Plurals => [.. KindSchemas.All.Where(kind => kind.Group == GatewayApiGroup.Name).Select(kind => kind.Plural)];

    [Theory]
    [MemberData(nameof(Plurals))]
    public void Schema_SaysWhatTheCrdSays(string plural)
    {
        var ours = SchemaFacts.Of(KindSchemas.FindPlural(GatewayApiGroup.Name, "v1", plural)!.Root);
        var theirs = Expected(plural);

        Assert.DoesNotContain(ours.Except(theirs), fact => !CrdDifferences.Covers(CrdDifferences.Ours, fact));
        Assert.DoesNotContain(theirs.Except(ours), fact => !CrdDifferences.Covers(CrdDifferences.Theirs, fact));
    }

    [Fact]
    public void Differences_AreAllStillThere()
    {
        var ours = new SortedSet<string>();
        var theirs = new SortedSet<string>();
        foreach (var row in Plurals)
        {
            ours.UnionWith(SchemaFacts.Of(KindSchemas.FindPlural(GatewayApiGroup.Name, "v1", row.Data)!.Root));
            theirs.UnionWith(Expected(row.Data));
        }

        Assert.All(CrdDifferences.Ours, one => Assert.Contains(ours, fact => CrdDifferences.Covers([one], fact)));
        Assert.All(CrdDifferences.Theirs, one => Assert.Contains(theirs, fact => CrdDifferences.Covers([one], fact)));
    }

    [Theory]
    [MemberData(nameof(Plurals))]
    public void Names_AreThoseOfTheCrd(string plural)
    {
        var crd = new CrdFile("experimental", plural);
        var ours = KindSchemas.FindPlural(GatewayApiGroup.Name, "v1", plural)!;

        Assert.Equal(crd.Names["kind"].ToString(), ours.Kind);
        Assert.Equal(crd.Names["singular"].ToString(), ours.Singular);
        Assert.Equal(Words(crd.Names, "shortNames"), ours.ShortNames);
        Assert.Equal(Words(crd.Names, "categories"), ours.Categories);
        Assert.Equal(crd.Scope == "Namespaced", ours.Namespaced);
        Assert.Equal(crd.Versions.Keys.Order(StringComparer.Ordinal), ours.Versions.Select(version => version.Name).Order(StringComparer.Ordinal));
        foreach (var version in ours.Versions)
        {
            var theirs = crd.Versions[version.Name];
            Assert.Equal(theirs["served"].ToString() == "true", version.IsServed);
            Assert.Equal(theirs["storage"].ToString() == "true", version.IsStored);
            Assert.Equal(theirs.Children.ContainsKey("deprecated"), version.DeprecationWarning is not null);
            Assert.Equal(((YamlMappingNode)theirs["subresources"]).Children.ContainsKey("status"), ours.HasStatus);
        }
    }

    [Theory]
    [MemberData(nameof(Plurals))]
    public void Columns_AreThoseOfTheCrd(string plural)
    {
        var columns = (YamlSequenceNode)new CrdFile("standard", plural).Versions["v1"]["additionalPrinterColumns"];

        Assert.Equal(
            columns.Cast<YamlMappingNode>().Select(one => (one["name"].ToString(), one["type"].ToString(), one["jsonPath"].ToString(), one.Children.TryGetValue("priority", out var priority) ? priority.ToString() : "0")),
            KindSchemas.FindPlural(GatewayApiGroup.Name, "v1", plural)!.PrinterColumns.Select(one => (one.Name, one.Type, one.JsonPath, $"{one.Priority}")));
    }

    /// <summary>The standard channel, and whatever the experimental one says of paths that the standard one does not have.</summary>
    private static SortedSet<string> Expected(string plural)
    {
        var facts = SchemaFacts.Of(new CrdFile("standard", plural).Root);
        var paths = facts.Select(PathOf).ToHashSet();
        facts.UnionWith(SchemaFacts.Of(new CrdFile("experimental", plural).Root).Where(fact => !paths.Contains(PathOf(fact))));
        return facts;
    }

    private static string PathOf(string fact) => fact[..fact.IndexOf(": ", StringComparison.Ordinal)];

    private static IEnumerable<string> Words(YamlMappingNode names, string field) =>
        names.Children.TryGetValue(field, out var list) ? ((YamlSequenceNode)list).Select(word => word.ToString()) : [];
}
