namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>
/// The table's bytes through nginx, HAProxy and Node. Where one of them reads a message otherwise than Sluice, the document must
/// say so; with SLUICE_UPDATE_DIFFERENCES=1 the test writes the document anew.
/// </summary>
public sealed class DifferencesTests
{
    private const string UpdateSwitch = "SLUICE_UPDATE_DIFFERENCES";

    /// <summary>A reading depends on a peer's time limits, so on a busy machine once is not enough to tell.</summary>
    private const int Tries = 3;

    private static bool Updates => Environment.GetEnvironmentVariable(UpdateSwitch) is "1" or "true";

    [Fact]
    public async Task Peers_ReadTheTable_AsTheDocumentSays()
    {
        Peer[] peers = [new NginxPeer(), new HaproxyPeer(), new NodePeer()];
        try
        {
            var document = Updates ? new DifferencesDocument() : DifferencesDocument.Load();
            foreach (var peer in peers)
            {
                if (!await peer.TryStartAsync() && (Updates || Environment.GetEnvironmentVariable("CI") is not null))
                    Assert.Fail($"{peer.Name} is not installed: eng/install-test-packages installs it.");
                if (Updates)
                    document.Versions[peer.Name] = peer.Version!;
            }

            // Another version reads some things differently; what is written down is about the one that is named.
            var comparable = peers.Where(peer => peer.Version == document.Versions[peer.Name]);
            var changes = await Task.WhenAll(comparable.Select(peer => CompareAsync(peer, document)));

            if (Updates)
                await File.WriteAllTextAsync(DifferencesDocument.FilePath, document.Write(), TestContext.Current.CancellationToken);
            else
                Assert.True(changes.All(lines => lines.Count == 0), $"{DifferencesDocument.FilePath} is not up to date ({UpdateSwitch}=1 ./test Proxy writes it anew):\n{string.Join('\n', changes.SelectMany(lines => lines))}");
        }
        finally
        {
            foreach (var peer in peers)
                await peer.DisposeAsync();
        }
    }

    [Fact]
    public async Task Document_IsWhatTheTableAndItsOwnCellsMake() =>
        Assert.Equal(DifferencesDocument.Load().Write(), await File.ReadAllTextAsync(DifferencesDocument.FilePath, TestContext.Current.CancellationToken));

    private static async Task<List<string>> CompareAsync(Peer peer, DifferencesDocument document)
    {
        var changes = new List<string>();
        foreach (var oddity in Disagreements.Cases)
        {
            var written = document[oddity.Name, peer.Name];
            var found = await Disagreements.FindAsync(peer, oddity);
            for (var i = 1; i < Tries && found != written; i++)
                found = await Disagreements.FindAsync(peer, oddity);
            if (found == written)
                continue;
            changes.Add($"{peer.Name}, {oddity.Name}: found {found ?? "agreement"}, written {written ?? "agreement"}");
            if (Updates)
            {
                lock (document)
                    document[oddity.Name, peer.Name] = found;
            }
        }
        return changes;
    }
}
