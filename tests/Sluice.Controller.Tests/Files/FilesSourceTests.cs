using Sluice.Controller.Files;
using Sluice.Resources;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Tests.Files;

public class FilesSourceTests
{
    [Fact]
    public void Read_FoldersAndFiles_FindsManifestsOnly()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Service("a"));
        fixture.Write("b.yml", Manifest.Service("b"));
        fixture.Write("deep/er/c.json", """{"apiVersion":"v1","kind":"Service","metadata":{"name":"c"},"spec":{"ports":[{"port":80}]}}""");
        fixture.Write("d.txt", Manifest.Service("d"));
        fixture.Write(".hidden.yaml", Manifest.Service("e"));
        fixture.Write(".git/f.yaml", Manifest.Service("f"));
        fixture.Write("g.yaml~", Manifest.Service("g"));
        using var source = new FilesSource([fixture.Folder]);

        var update = source.Read();

        Assert.Equal(["a", "b", "c"], Names(update));
        Assert.Equal(3, update.FileCount);
        Assert.Empty(update.Diagnostics);
    }

    [Fact]
    public void Read_FileGivenByName_IsReadWhateverItsName()
    {
        using var fixture = new SourceFixture();
        fixture.Write("manifest.txt", Manifest.Service("a"));
        using var source = new FilesSource([fixture.PathOf("manifest.txt")]);

        Assert.Equal(["a"], Names(source.Read()));
    }

    [Fact]
    public void Read_PathMissing_SaysWhich()
    {
        using var source = new FilesSource(["/no/such/file.yaml", "/no/such/folder"]);

        var exception = Assert.Throws<FilesSourceException>(() => source.Read());

        Assert.Equal("No such file or folder: /no/such/file.yaml, /no/such/folder", exception.Message);
    }

    [Fact]
    public void Read_ManyFiles_GivesTheSameEveryTime()
    {
        using var fixture = new SourceFixture();
        for (var i = 0; i < 500; i++)
            fixture.Write($"{i:d3}.yaml", Manifest.Several(Manifest.Service($"s{i}"), Manifest.Service($"shared-{i % 50}", i + 1)));
        using var one = new FilesSource([fixture.Folder]);
        using var two = new FilesSource([fixture.Folder]);

        var first = one.Read();
        var second = two.Read();

        Assert.Equal(550, first.Snapshot.Services.Count);
        Assert.Equal(first.Diagnostics, second.Diagnostics);
        for (var i = 0; i < 50; i++)
            Assert.Equal(i + 1, first.Snapshot.Services[new NamespacedName("default", $"shared-{i}")].Ports[0].Port);
    }

    [Fact]
    public async Task Follow_FileChanged_PublishesNewInstanceAndKeepsTheOthers()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Several(Manifest.Service("a"), Manifest.Service("b")));
        fixture.Write("c.yaml", Manifest.Service("c"));
        var before = fixture.Follow();

        fixture.Write("a.yaml", Manifest.Several(Manifest.Service("a"), Manifest.Service("b", 81)));
        var after = await fixture.Next();

        Assert.Equal(81, Service(after, "b").Ports[0].Port);
        Assert.Equal(2, Service(after, "b").Metadata.Generation);
        Assert.Equal(Service(before, "b").Metadata.CreationTimestamp, Service(after, "b").Metadata.CreationTimestamp);
        Assert.Same(Service(before, "a"), Service(after, "a"));
        Assert.Same(Service(before, "c"), Service(after, "c"));
        Assert.Same(before.Snapshot.HttpRoutes, after.Snapshot.HttpRoutes);
    }

    [Fact]
    public async Task Follow_FileReplacedByRename_Publishes()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Service("a"));
        fixture.Follow();

        fixture.Replace("a.yaml", Manifest.Service("a", 81));

        Assert.Equal(81, Service(await fixture.Next(), "a").Ports[0].Port);
    }

    [Fact]
    public async Task Follow_FileAddedAndDeleted_ObjectsComeAndGo()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Service("a"));
        fixture.Follow();

        fixture.Write("b.yaml", Manifest.Service("b"));
        Assert.Equal(["a", "b"], Names(await fixture.Next()));
        File.Delete(fixture.PathOf("a.yaml"));
        Assert.Equal(["b"], Names(await fixture.Next()));
    }

    [Fact]
    public async Task Follow_FileBecomesInvalid_KeepsLastGoodVersionUntilMended()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Service("a"));
        var before = fixture.Follow();

        fixture.Write("a.yaml", "kind: [unfinished");
        var broken = await fixture.Next();
        Assert.Same(Service(before, "a"), Service(broken, "a"));
        Assert.Equal([fixture.PathOf("a.yaml")], broken.FailedFiles);
        Assert.Equal([new ManifestObjectName("Service", new NamespacedName("default", "a"))], broken.Kept);
        Assert.True(broken.HasErrors);

        fixture.Write("a.yaml", Manifest.Service("a", 82));
        var mended = await fixture.Next();
        Assert.Equal(82, Service(mended, "a").Ports[0].Port);
        Assert.Equal(2, Service(mended, "a").Metadata.Generation);
        Assert.Empty(mended.Diagnostics);
        Assert.Empty(mended.Kept);
    }

    [Fact]
    public async Task Follow_OneObjectInvalid_TheOtherOfTheFileIsUpdated()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Several(Manifest.Service("a"), Manifest.Service("b"), Manifest.Service("c")));
        var before = fixture.Follow();

        fixture.Write("a.yaml", Manifest.Several(Manifest.Service("a", 99999), Manifest.Service("b", 81)));
        var after = await fixture.Next();

        Assert.Same(Service(before, "a"), Service(after, "a"));
        Assert.Equal(81, Service(after, "b").Ports[0].Port);
        Assert.Equal(["a", "b"], Names(after));
        var finding = Assert.Single(after.Diagnostics);
        Assert.Equal((7, "spec.ports[0].port"), (finding.Line, finding.Field));
    }

    [Fact]
    public async Task Follow_SameObjectInTwoFiles_FirstWinsAndTheOtherTakesOver()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Service("x", 1));
        fixture.Write("b.yaml", Manifest.Service("x", 2));
        var both = fixture.Follow();
        Assert.Equal(1, Service(both, "x").Ports[0].Port);
        var finding = Assert.Single(both.Diagnostics);
        Assert.Equal((ManifestSeverity.Error, fixture.PathOf("b.yaml"), 1), (finding.Severity, finding.File, finding.Line));
        Assert.Contains($"{fixture.PathOf("a.yaml")}:1", finding.Message, StringComparison.Ordinal);

        File.Delete(fixture.PathOf("a.yaml"));
        var one = await fixture.Next();
        Assert.Equal(2, Service(one, "x").Ports[0].Port);
        Assert.Empty(one.Diagnostics);

        fixture.Write("0.yaml", Manifest.Service("x", 3));
        var again = await fixture.Next();
        Assert.Equal(3, Service(again, "x").Ports[0].Port);
        Assert.Single(again.Diagnostics);
    }

    [Fact]
    public async Task Follow_ObjectMovesBetweenFiles_IsNeverGoneOrGivenTwice()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Service("x"));
        fixture.Follow();

        File.Move(fixture.PathOf("a.yaml"), fixture.PathOf("b.yaml"));
        var moved = await fixture.Next();

        Assert.Equal(["x"], Names(moved));
        Assert.Empty(moved.Diagnostics);
        Assert.Equal(fixture.PathOf("b.yaml"), Service(moved, "x").Source!.File);
    }

    private static IEnumerable<string> Names(SourceUpdate update) => update.Snapshot.Services.Keys.Select(key => key.Name).Order(StringComparer.Ordinal);

    private static Resources.Core.Service Service(SourceUpdate update, string name) => update.Snapshot.Services[new NamespacedName("default", name)];
}
