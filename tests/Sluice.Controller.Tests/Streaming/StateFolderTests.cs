using Sluice.Configuration;
using Sluice.Configuration.Json;
using Sluice.Configuration.Streaming;
using Sluice.Controller.ProxyMode;
using Sluice.Controller.Streaming;

namespace Sluice.Controller.Tests.Streaming;

/// <summary>What a proxy keeps, and what it serves of that while the controller is away.</summary>
public sealed class StateFolderTests
{
    private static readonly TlsCertificate Certificate =
        AuthorityKey.Make(DateTimeOffset.UtcNow, TimeSpan.FromDays(2)).Issue(["shop.test"], DateTimeOffset.UtcNow, TimeSpan.FromDays(1)).Certificate;

    [Fact]
    public async Task ProxyThatStartsWhileTheControllerIsAway_ServesWhatWasKept()
    {
        await using var server = await StreamServer.StartAsync();
        var options = server.ProxyOptions with { StateFolder = server.StateFolder };
        var port = Loopback.FreePort(options.Addresses[0]);
        await server.DataPlane.ApplyAsync(TestConfigurations.Answering(port, "first"));
        await using (var proxy = RunningProxy.Start(options))
        {
            await proxy.WaitReadyAsync();
            Assert.Same(Translation.ApplyOutcome.Success, await server.DataPlane.ApplyAsync(TestConfigurations.Answering(port, "kept")).Within("the answer"));
        }

        await server.StopAsync();
        await using var again = RunningProxy.Start(options);
        await again.WaitReadyAsync();

        Assert.Equal("kept", await again.GetAsync(port));
        Assert.Contains("Serving the configuration kept in", again.Output, StringComparison.Ordinal);

        // And the controller has nothing to say when it comes back.
        await server.StartAgainAsync();
        await server.DataPlane.ApplyAsync(TestConfigurations.Answering(port, "kept"));
        await Guard.Eventually(() => server.DataPlane.OutcomeOf(TestConfigurations.Gateway) == Translation.ApplyOutcome.Success, "the proxy to connect");
        Assert.Equal((0, 1), (server.Hub.Counters.Full, server.Hub.Counters.Unchanged));
    }

    [Fact]
    public async Task WithoutItsKeys_CleartextIsServed_AndTheProxyIsNotReady_UntilTheControllerAnswers()
    {
        await using var server = await StreamServer.StartAsync();
        var options = server.ProxyOptions with { StateFolder = server.StateFolder };
        var port = Loopback.FreePort(options.Addresses[0]);
        var configuration = TestConfigurations.Answering(port, "text", certificate: Certificate);

        // As on a disk, whatever the folder of the test is.
        using (var journal = ConfigurationJournal.Open(server.StateFolder, Assert.Fail, Secrets.Hidden))
            journal.Save(ConfigurationTables.Of(configuration));
        await server.StopAsync();
        await using var proxy = RunningProxy.Start(options);
        await Guard.Eventually(() => proxy.Errors.Contains("the keys of configuration stream are not kept on disk", StringComparison.Ordinal), "the complaint");
        await Guard.Eventually(() => proxy.Errors.Contains("listener https: certificate configuration stream: its private key is not here", StringComparison.Ordinal), "the listener's error");

        Assert.Equal("text", await proxy.GetAsync(port));
        Assert.Equal((503, "not ready: a kept configuration is served without the keys of its certificates\n"), await proxy.AdminAsync("/readyz"));
        await Assert.ThrowsAsync<HttpRequestException>(() => proxy.GetAsync(port + 1, "https"));

        await server.StartAgainAsync();
        await server.DataPlane.ApplyAsync(configuration);
        await proxy.WaitReadyAsync();
        Assert.Equal("text", await proxy.GetAsync(port + 1, "https"));
    }

    [Theory]
    [InlineData(Secrets.Hidden)]
    [InlineData(Secrets.Included)]
    public void Keys_AreWrittenOnlyWhereTheyMayBe(Secrets secrets)
    {
        var folder = Directory.CreateTempSubdirectory("sluice-state-");
        try
        {
            using var journal = ConfigurationJournal.Open(folder.FullName, Assert.Fail, secrets);
            var configuration = TestConfigurations.Answering(80, "x", certificate: Certificate);

            journal.Save(ConfigurationTables.Of(configuration));
            journal.Save(ConfigurationTables.Of(TestConfigurations.Answering(80, "x", certificate: Certificate with { Name = "another" })));

            Assert.Equal(secrets == Secrets.Included, File.ReadAllText(journal.File).Contains("PRIVATE KEY", StringComparison.Ordinal));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(journal.File));
            var kept = ConfigurationJournal.Open(folder.FullName, Assert.Fail, secrets).Load(TestConfigurations.Gateway)!;
            Assert.Equal(secrets == Secrets.Included ? [] : ["another"], kept.CertificatesWithoutKey);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Folder_OnDisk_KeepsNoKeys_AndOneInMemoryDoes()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-state-");
        try
        {
            foreach (var place in (string[])[folder.FullName, "/dev/shm"])
            {
                var isMemory = new DriveInfo(place).DriveFormat is "tmpfs";
                using var journal = ConfigurationJournal.Open(Path.Combine(place, $"sluice-{Guid.NewGuid():n}"), Assert.Fail);
                Assert.Equal(isMemory ? Secrets.Included : Secrets.Hidden, journal.Secrets);
                Directory.Delete(Path.GetDirectoryName(journal.File)!, recursive: true);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void JournalThatWasCutWithinAnUpdate_HasTheOneBefore()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-state-");
        try
        {
            var first = ConfigurationTables.Of(TestConfigurations.Answering(80, "first"));
            var second = ConfigurationTables.Of(first.Configuration.WithEndpoint(7), first);
            string file;
            long whole;
            using (var journal = ConfigurationJournal.Open(folder.FullName, Assert.Fail))
            {
                file = journal.File;
                journal.Save(first);
                whole = new FileInfo(file).Length;
                journal.Save(second);
            }

            var bytes = File.ReadAllBytes(file);
            Assert.Equal(ConfigurationDigest.Of(second), ConfigurationDigest.Of(Load(folder, Assert.Fail)!));
            for (var length = 0; length < bytes.Length; length += 7)
            {
                File.WriteAllBytes(file, bytes[..length]);
                var problems = new List<string>();
                var loaded = Load(folder, problems.Add);
                Assert.Equal(length >= whole, loaded is not null);
                Assert.Equal(length >= whole ? 0 : 1, problems.Count);
                if (loaded is not null)
                    Assert.Equal(ConfigurationDigest.Of(first), ConfigurationDigest.Of(loaded));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void JournalThatTheDiskHasChanged_IsUsedUpToTheDamage()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-state-");
        try
        {
            var first = ConfigurationTables.Of(TestConfigurations.Answering(80, "first", endpoints: 3));
            var second = ConfigurationTables.Of(first.Configuration.WithEndpoint(7), first);
            string file;
            long whole;
            using (var journal = ConfigurationJournal.Open(folder.FullName, Assert.Fail))
            {
                file = journal.File;
                journal.Save(first);
                whole = new FileInfo(file).Length;
                journal.Save(second);
            }

            var bytes = File.ReadAllBytes(file);
            for (var at = 0; at < bytes.Length; at += 3)
            {
                var flipped = bytes.ToArray();
                flipped[at] ^= (byte)(1 << (at % 8));
                File.WriteAllBytes(file, flipped);
                var loaded = Load(folder, _ => { });
                Assert.Equal(at < whole ? null : ConfigurationDigest.Of(first), loaded is null ? null : ConfigurationDigest.Of(loaded));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void JournalOfAnotherGateway_IsNotUsed()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-state-");
        try
        {
            using (var journal = ConfigurationJournal.Open(folder.FullName, Assert.Fail))
                journal.Save(ConfigurationTables.Of(TestConfigurations.Answering(80, "x")));
            var problems = new List<string>();
            using var other = ConfigurationJournal.Open(folder.FullName, problems.Add);

            Assert.Null(other.Load("test/other"));
            Assert.Contains("it is of Gateway test/gateway, not of test/other", Assert.Single(problems), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Journal_IsWrittenAnew_WhenItHasGrown()
    {
        var folder = Directory.CreateTempSubdirectory("sluice-state-");
        try
        {
            using var journal = ConfigurationJournal.Open(folder.FullName, Assert.Fail);
            var tables = ConfigurationTables.Of(TestConfigurations.Answering(80, "x"));
            for (var i = 0; i < 3000; i++)
            {
                journal.Save(tables);
                tables = ConfigurationTables.Of(TestConfigurations.Answering(80, new string('x', 300) + i), tables);
            }

            Assert.InRange(new FileInfo(journal.File).Length, 1, 600_000);
            Assert.NotNull(Load(folder, Assert.Fail));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void FolderThatCannotBeMade_IsAClearError()
    {
        var error = Assert.Throws<ProxyModeException>(() => ConfigurationJournal.Open("/proc/no/such", Assert.Fail));

        Assert.StartsWith("--state-dir /proc/no/such: ", error.Message, StringComparison.Ordinal);
    }

    private static ConfigurationTables? Load(DirectoryInfo folder, Action<string> onProblem)
    {
        using var journal = ConfigurationJournal.Open(folder.FullName, onProblem);
        return journal.Load(TestConfigurations.Gateway);
    }
}
