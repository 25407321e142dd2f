using Sluice.Controller.Files;
using Sluice.Resources;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Tests.Files;

/// <summary>What happens to files and folders while they are followed.</summary>
public class FollowingTests
{
    [Fact]
    public async Task Follow_FileBeingWritten_WaitsUntilItIsClosed()
    {
        using var fixture = new SourceFixture();
        var text = Manifest.Several(Manifest.Service("a"), Manifest.Service("b"));
        fixture.Write("a.yaml", text);
        fixture.Follow();

        // The first half is valid by itself, and has the first object only.
        var file = new FileStream(fixture.PathOf("a.yaml"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        await using (file)
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(text[..(text.Length / 2)]));
            fixture.Write("z.yaml", Manifest.Service("z"));
            Assert.Equal(["a", "b", "z"], Names(await fixture.Next()));
            file.Write(System.Text.Encoding.UTF8.GetBytes(text[(text.Length / 2)..].Replace("80", "81", StringComparison.Ordinal)));
        }

        var update = await fixture.Next();
        Assert.Equal(["a", "b", "z"], Names(update));
        Assert.Equal(81, Port(update, "b"));
    }

    [Fact]
    public async Task Follow_FileDeletedAndWrittenAnew_ReadsTheNewOne()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Service("a"));
        fixture.Follow();

        File.Delete(fixture.PathOf("a.yaml"));
        fixture.Write("a.yaml", Manifest.Service("a", 81));

        await fixture.Until(update => Port(update, "a") == 81);
    }

    [Fact]
    public async Task Follow_FilesOfOthers_AreNotReadAndTheirChangesTold()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Service("a"));
        fixture.Write("b.yaml", Manifest.Service("b"));
        fixture.Owned.Add(fixture.PathOf("a.yaml"));
        Assert.Equal(["b"], Names(fixture.Follow()));

        fixture.Replace("a.yaml", Manifest.Service("a", 81));
        Assert.Equal(fixture.PathOf("a.yaml"), await fixture.NextOwned());

        fixture.Owned.Add(fixture.PathOf("b.yaml"));
        fixture.Rescan();
        await fixture.Until(update => !Names(update).Any());
    }

    [Fact]
    public async Task Follow_LinkedConfigMapVolume_FollowsTheSwap()
    {
        using var fixture = new SourceFixture();
        // A ConfigMap volume: names link through "..data" to a folder that each update makes anew.
        fixture.Write("volume/..v1/a.yaml", Manifest.Service("a"));
        fixture.Write("volume/..v1/gone.yaml", Manifest.Service("gone"));
        Directory.CreateSymbolicLink(fixture.PathOf("volume/..data"), "..v1");
        File.CreateSymbolicLink(fixture.PathOf("volume/a.yaml"), "..data/a.yaml");
        File.CreateSymbolicLink(fixture.PathOf("volume/gone.yaml"), "..data/gone.yaml");
        Assert.Equal(["a", "gone"], Names(fixture.Follow(fixture.PathOf("volume"))));

        for (var version = 2; version < 5; version++)
        {
            fixture.Write($"volume/..v{version}/a.yaml", Manifest.Service("a", 80 + version));
            Directory.CreateSymbolicLink(fixture.PathOf("volume/..data_tmp"), $"..v{version}");
            await Run("mv", "-T", fixture.PathOf("volume/..data_tmp"), fixture.PathOf("volume/..data"));
            Directory.Delete(fixture.PathOf($"volume/..v{version - 1}"), recursive: true);

            var update = await fixture.Until(update => Port(update, "a") == 80 + version);
            Assert.Equal(["a"], Names(update));
            Assert.Equal(fixture.PathOf("volume/a.yaml"), update.Snapshot.Services[new NamespacedName("default", "a")].Source!.File);
        }
    }

    [Fact]
    public async Task Follow_LinkedFileElsewhere_FollowsIt()
    {
        using var fixture = new SourceFixture();
        fixture.Write("elsewhere/real.yaml", Manifest.Service("a"));
        Directory.CreateDirectory(fixture.PathOf("folder"));
        File.CreateSymbolicLink(fixture.PathOf("folder/link.yaml"), fixture.PathOf("elsewhere/real.yaml"));
        fixture.Follow(fixture.PathOf("folder"));

        fixture.Write("elsewhere/real.yaml", Manifest.Service("a", 81));
        Assert.Equal(81, Port(await fixture.Next(), "a"));
        fixture.Replace("elsewhere/real.yaml", Manifest.Service("a", 82));
        Assert.Equal(82, Port(await fixture.Next(), "a"));
        Directory.Delete(fixture.PathOf("elsewhere"), recursive: true);
        Assert.Empty(Names(await fixture.Until(update => update.FileCount == 0)));
        fixture.Write("elsewhere/real.yaml", Manifest.Service("a", 83));
        await fixture.Until(update => Port(update, "a") == 83);
    }

    [Fact]
    public void Read_LinksInCircles_AreWalkedOnce()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a/a.yaml", Manifest.Service("a"));
        Directory.CreateSymbolicLink(fixture.PathOf("a/up"), "..");
        Directory.CreateSymbolicLink(fixture.PathOf("a/self"), ".");
        File.CreateSymbolicLink(fixture.PathOf("a/again.yaml"), "a.yaml");
        File.CreateSymbolicLink(fixture.PathOf("a/loop.yaml"), "loop.yaml");
        using var source = new FilesSource([fixture.Folder, fixture.PathOf("a")]);

        var update = source.Read();

        Assert.Equal(["a"], Names(update));
        Assert.Equal(1, update.FileCount);
        Assert.Equal("is a link that leads to no file", Assert.Single(update.Diagnostics).Message);
        Assert.Equal(ManifestSeverity.Warning, update.Diagnostics[0].Severity);
    }

    [Fact]
    public async Task Follow_FolderAddedMovedAndRemoved_ItsFilesComeAndGo()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Service("a"));
        fixture.Follow();

        fixture.Write("new/deep/b.yaml", Manifest.Service("b"));
        Assert.Equal(["a", "b"], Names(await fixture.Until(update => update.FileCount == 2)));
        fixture.Write("new/deep/b.yaml", Manifest.Service("b", 81));
        await fixture.Until(update => Port(update, "b") == 81);

        Directory.Move(fixture.PathOf("new"), fixture.PathOf("other"));
        var moved = await fixture.Until(update => update.Snapshot.Services.Values.Any(service => service.Source!.File == fixture.PathOf("other/deep/b.yaml")));
        Assert.Equal(["a", "b"], Names(moved));
        fixture.Write("other/deep/b.yaml", Manifest.Service("b", 82));
        await fixture.Until(update => Port(update, "b") == 82);

        Directory.Delete(fixture.PathOf("other"), recursive: true);
        Assert.Equal(["a"], Names(await fixture.Until(update => update.FileCount == 1)));
    }

    [Fact]
    public async Task Follow_FolderReplacedByOneOfEqualSizesAndTimes_ReadsItAnew()
    {
        using var fixture = new SourceFixture();
        fixture.Write("config/a.yaml", Manifest.Service("a", 81));
        fixture.Write(".next/a.yaml", Manifest.Service("a", 82));
        File.SetLastWriteTimeUtc(fixture.PathOf(".next/a.yaml"), File.GetLastWriteTimeUtc(fixture.PathOf("config/a.yaml")));
        fixture.Follow();

        Directory.Move(fixture.PathOf("config"), fixture.PathOf(".old"));
        Directory.Move(fixture.PathOf(".next"), fixture.PathOf("config"));

        Assert.Equal(82, Port(await fixture.Until(update => update.FileCount == 1 && Port(update, "a") == 82), "a"));
    }

    [Fact]
    public async Task Follow_RootDeletedAndMadeAgain_IsFoundAgain()
    {
        using var fixture = new SourceFixture();
        fixture.Write("up/base/a.yaml", Manifest.Service("a"));
        fixture.Follow(fixture.PathOf("up/base"));

        Directory.Delete(fixture.PathOf("up"), recursive: true);
        var gone = await fixture.Until(update => update.FileCount == 0 && update.HasErrors);
        Assert.Equal("no such file or folder", Assert.Single(gone.Diagnostics).Message);
        Assert.Equal([fixture.PathOf("up/base")], gone.FailedFiles);

        fixture.Write("up/base/a.yaml", Manifest.Service("a", 81));
        var back = await fixture.Until(update => Port(update, "a") == 81);
        Assert.Empty(back.Diagnostics);
    }

    [Fact]
    public async Task Follow_SingleFile_FollowsReplacementAndReturn()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Service("a"));
        fixture.Follow(fixture.PathOf("a.yaml"));

        fixture.Replace("a.yaml", Manifest.Service("a", 81));
        Assert.Equal(81, Port(await fixture.Next(), "a"));
        fixture.Write("a.yaml", Manifest.Service("a", 82));
        Assert.Equal(82, Port(await fixture.Next(), "a"));
        File.Delete(fixture.PathOf("a.yaml"));
        await fixture.Until(update => update.FileCount == 0);
        fixture.Write("a.yaml", Manifest.Service("a", 83));
        await fixture.Until(update => update.FileCount == 1 && Port(update, "a") == 83);
    }

    [Fact]
    public async Task Follow_FileThatIsNoFile_IsNotOpened()
    {
        using var fixture = new SourceFixture();
        fixture.Write("b.yaml", Manifest.Service("b"));
        await Run("mkfifo", fixture.PathOf("a.yaml"));

        var update = fixture.Follow();

        Assert.Equal(["b"], Names(update));
        Assert.Equal("is no regular file and is not read", Assert.Single(update.Diagnostics).Message);
    }

    [Fact]
    public async Task Follow_BinaryJunk_KeepsLastGoodVersion()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Service("a"));
        fixture.Follow();

        File.WriteAllBytes(fixture.PathOf("a.yaml"), [0x7f, 0x45, 0x4c, 0x46, 0, 0, 0]);
        var update = await fixture.Next();

        Assert.Equal(["a"], Names(update));
        Assert.Contains("binary", Assert.Single(update.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_ManyChangesAtOnce_EndsWithTheLast()
    {
        using var fixture = new SourceFixture();
        for (var i = 0; i < 200; i++)
            fixture.Write($"{i}.yaml", Manifest.Service($"s{i}"));
        fixture.Follow();

        for (var round = 1; round <= 5; round++)
        {
            for (var i = 0; i < 200; i++)
                fixture.Replace($"{i}.yaml", Manifest.Service($"s{i}", 80 + round));
        }

        var update = await fixture.Until(update => update.Snapshot.Services.Values.All(service => service.Ports[0].Port == 85));
        Assert.Equal(200, update.Snapshot.Services.Count);
        Assert.Empty(update.Diagnostics);
    }

    [Fact]
    public async Task Follow_NothingButTimesChanged_PublishesNothing()
    {
        using var fixture = new SourceFixture();
        fixture.Write("a.yaml", Manifest.Service("a"));
        fixture.Follow();

        File.SetLastWriteTimeUtc(fixture.PathOf("a.yaml"), DateTime.UnixEpoch);
        fixture.Write("a.yaml", Manifest.Service("a"));
        fixture.Write("b.yaml", Manifest.Service("b"));

        Assert.Equal(["a", "b"], Names(await fixture.Next()));
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(program, arguments);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private static IEnumerable<string> Names(SourceUpdate update) => update.Snapshot.Services.Keys.Select(key => key.Name).Order(StringComparer.Ordinal);

    private static int Port(SourceUpdate update, string name) =>
        update.Snapshot.Services.TryGetValue(new NamespacedName("default", name), out var service) ? service.Ports[0].Port : 0;
}
