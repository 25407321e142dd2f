namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>
/// The table's bytes through nginx, HAProxy and Node. Where one of them reads a message otherwise than Sluice, the document must
/// say so; with SLUICE_UPDATE_DIFFERENCES=1 the test writes the document anew.
/// </summary>
public sealed class DifferencesTests
{
    private const string UpdateSwitch = "SLUICE_UPDATE_DIFFERENCES";

    /// <summary>A reading depends on a peer's time limits, so on a busy machine once is not enough to tell.</summary>
    private const int Tries = 5;

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
            var changes = (await Task.WhenAll(comparable.Select(peer => CompareAsync(peer, document)))).SelectMany(found => found).ToArray();
            if (!Updates)
            {
                var lines = changes.Select(change => $"{change.Peer}, {change.Message}: found {change.Found ?? "agreement"}, written {document[change.Message, change.Peer] ?? "agreement"}");
                Assert.True(changes.Length == 0, $"{DifferencesDocument.FilePath} is not up to date ({UpdateSwitch}=1 ./test Proxy writes it anew):\n{string.Join('\n', lines)}");
                return;
            }

            foreach (var (peer, message, found) in changes)
                document[message, peer] = found;
            await File.WriteAllTextAsync(DifferencesDocument.FilePath, document.Write(), TestContext.Current.CancellationToken);
        }
        finally
        {
            foreach (var peer in peers)
                await peer.DisposeAsync();
        }
    }

    [Fact]
    public async Task Document_IsWhatTheTableAndItsOwnCellsMake()
    {
        Assert.SkipWhen(Updates, "being written anew");
        var text = await File.ReadAllTextAsync(DifferencesDocument.FilePath, TestContext.Current.CancellationToken);

        Assert.Equal(DifferencesDocument.Load().Write(), text);
    }

    private static async Task<List<(string Peer, string Message, string? Found)>> CompareAsync(Peer peer, DifferencesDocument document)
    {
        var changes = new List<(string, string, string?)>();
        foreach (var oddity in Disagreements.Cases)
        {
            var written = document[oddity.Name, peer.Name];
            var found = await Disagreements.FindAsync(peer, oddity);
            for (var i = 1; i < Tries && found != written && !Updates; i++)
                found = await Disagreements.FindAsync(peer, oddity);
            if (found != written)
                changes.Add((peer.Name, oddity.Name, found));
        }
        return changes;
    }
}
