using Sluice.Resources.Core;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

/// <summary>What a second read of a file keeps of the first.</summary>
public class RereadingTests
{
    [Fact]
    public void Read_NothingChanged_KeepsEveryInstance()
    {
        var text = Documents(Service("a"), Service("b"));
        var first = Reads.Read(text);

        var second = Reads.Read(text, first);

        AssertSame(first.Objects, second.Objects);
    }

    [Fact]
    public void Read_DocumentsAddedAndMoved_KeepsInstancesAndMovesTheirLines()
    {
        var first = Reads.Read(Documents(Service("a"), Service("b"), Service("c"), Service("d")));

        var second = Reads.Read(Documents("# a comment\n# of two lines\n", Service("new"), Service("c"), Service("b"), Service("d")), first);

        Assert.Equal(["new", "c", "b", "d"], second.Objects.Select(value => value.Metadata.Name));
        Assert.Same(first.Objects[2], second.Objects[1]);
        Assert.Same(first.Objects[1], second.Objects[2]);
        Assert.Same(first.Objects[3], second.Objects[3]);
        Assert.Equal([4, 12, 20, 28], second.Objects.Select(value => value.Source!.Line));
    }

    [Fact]
    public void Read_SpecChanged_CountsGenerationAndKeepsCreation()
    {
        var first = Reads.Read(Service("a"));

        var second = new ManifestReader().Read("test.yaml", System.Text.Encoding.UTF8.GetBytes(Service("a", 81)), first, DateTimeOffset.UnixEpoch.AddDays(1));

        Assert.NotSame(first.Objects[0], second.Objects[0]);
        Assert.Equal(2, second.Objects[0].Metadata.Generation);
        Assert.Equal(DateTimeOffset.UnixEpoch, second.Objects[0].Metadata.CreationTimestamp);
    }

    [Fact]
    public void Read_LabelsChanged_IsANewInstanceOfTheSameGeneration()
    {
        var first = Reads.Read(Service("a"));

        var second = Reads.Read(Service("a").Replace("  name: a", "  name: a\n  labels: {x: y}", StringComparison.Ordinal), first);

        Assert.NotSame(first.Objects[0], second.Objects[0]);
        Assert.Equal(1, second.Objects[0].Metadata.Generation);
        Assert.Equal("y", second.Objects[0].Metadata.Labels["x"]);
    }

    [Theory]
    [InlineData("kind: Service", "kind: Service # comment")]
    [InlineData("  name: a", "  \"name\": 'a'")]
    [InlineData("  ports:\n  - port: 80\n", "  ports: [{port: 80}]\n")]
    [InlineData("spec:", "status: {loadBalancer: {}}\nspec:")]
    [InlineData("  name: a", "  name: a\n  resourceVersion: \"12\"")]
    public void Read_OnlyTheTextChanged_KeepsTheInstance(string before, string after)
    {
        var first = Reads.Read(Service("a"));

        var second = Reads.Read(Service("a").Replace(before, after, StringComparison.Ordinal), first);

        Assert.Empty(second.Diagnostics);
        Assert.Same(first.Objects[0], second.Objects[0]);
    }

    [Fact]
    public void Read_OneItemOfAListChanged_KeepsTheOtherInstances()
    {
        const string List = "apiVersion: v1\nkind: NamespaceList\nitems:\n- metadata: {name: a}\n- metadata: {name: b, labels: {x: y}}\n";
        var first = Reads.Read(List);

        var second = Reads.Read(List.Replace("x: y", "x: z", StringComparison.Ordinal), first);

        Assert.Same(first.Objects[0], second.Objects[0]);
        Assert.Equal("z", second.Objects[1].Metadata.Labels["x"]);
    }

    [Fact]
    public void Read_ObjectBecomesInvalid_IsKeptUntilMended()
    {
        var first = Reads.Read(Documents(Service("a"), Service("b")));

        var broken = Reads.Read(Documents(Service("a", 0), Service("b")), first);
        Assert.Equal(["b"], broken.Objects.Select(value => value.Metadata.Name));
        Assert.Same(first.Objects[0], Assert.Single(broken.Kept));
        Assert.Equal([new ManifestObjectName("Service", new NamespacedName("default", "a"))], broken.Failed);

        var stillBroken = Reads.Read(Documents("# still\n" + Service("a", 0), Service("b")), broken);
        Assert.Same(first.Objects[0], Assert.Single(stillBroken.Kept));
        Assert.Equal(8, Assert.Single(stillBroken.Diagnostics).Line);

        var mended = Reads.Read(Documents(Service("a"), Service("b")), stillBroken);
        AssertSame(first.Objects, mended.Objects);
        Assert.Empty(mended.Kept);
    }

    [Fact]
    public void Read_DocumentBecomesUnreadable_KeepsWhatMayBeInIt()
    {
        var first = Reads.Read(Documents(Service("a"), Service("b"), Service("c")));

        var broken = Reads.Read(Documents(Service("a"), "apiVersion: v1\nkind: [\n", Service("c")), first);

        Assert.True(broken.IsBroken);
        Assert.Equal(["a", "c"], broken.Objects.Select(value => value.Metadata.Name));
        Assert.Same(first.Objects[1], Assert.Single(broken.Kept));
    }

    [Fact]
    public void Read_DocumentRemoved_ItsObjectIsGone()
    {
        var first = Reads.Read(Documents(Service("a"), Service("b")));

        var second = Reads.Read(Service("b"), first);

        Assert.Same(first.Objects[1], Assert.Single(second.Objects));
        Assert.Empty(second.Kept);
    }

    [Fact]
    public void Read_FindingsOfUnchangedDocuments_MoveWithThem()
    {
        var text = Service("a") + "extra: 1\n";
        var first = Reads.Read(text);

        var second = Reads.Read(Documents(Service("b"), text), first);

        Assert.Equal((8, 16), (Assert.Single(first.Diagnostics).Line, Assert.Single(second.Diagnostics).Line));
        Assert.Same(first.Objects[0], second.Objects[1]);
    }

    [Fact]
    public void Read_SameObjectTwice_NeverSharesAnInstance()
    {
        var first = Reads.Read(Documents(Service("a"), Service("a", 81)));

        var second = Reads.Read(Documents(Service("a") + "# one\n", Service("a") + "# two\n"), first);

        Assert.NotSame(second.Objects[0], second.Objects[1]);
    }

    [Fact]
    public void Read_EqualValues_AreSharedBetweenObjects()
    {
        var file = Reads.Read(Documents(Service("a"), Service("b")));
        var (a, b) = ((Service)file.Objects[0], (Service)file.Objects[1]);

        Assert.Same(a.Ports, b.Ports);
        Assert.Same(a.Metadata.Labels, b.Metadata.Labels);
    }

    private static string Service(string name, int port = 80) => $"apiVersion: v1\nkind: Service\nmetadata:\n  name: {name}\nspec:\n  ports:\n  - port: {port}\n";

    private static string Documents(params string[] documents) => string.Join("---\n", documents);

    private static void AssertSame(IReadOnlyList<KubernetesObject> expected, IReadOnlyList<KubernetesObject> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
            Assert.Same(expected[i], actual[i]);
    }
}
