namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>
/// Messages through peers. Where one of them reads a message otherwise than Sluice, the page must say so; with
/// SLUICE_UPDATE_DIFFERENCES=1 the page is written anew.
/// </summary>
internal static class DifferencesRun
{
    private const string UpdateSwitch = "SLUICE_UPDATE_DIFFERENCES";

    /// <summary>A reading depends on a peer's time limits, so on a busy machine once is not enough to tell.</summary>
    private const int Tries = 5;

    public static bool Updates => Environment.GetEnvironmentVariable(UpdateSwitch) is "1" or "true";

    /// <param name="page">What is compared.</param>
    /// <param name="peers">Disposed when done.</param>
    /// <param name="find">What stands in a peer's cell for a row: its reading, or null when it agrees.</param>
    public static async Task CheckAsync<TPeer>(DifferencesPage page, IReadOnlyList<TPeer> peers, Func<TPeer, DifferencesRow, Task<string?>> find)
        where TPeer : Peer
    {
        try
        {
            var document = Updates ? new DifferencesDocument(page) : DifferencesDocument.Load(page);
            foreach (var peer in peers)
            {
                if (!await peer.TryStartAsync() && (Updates || Environment.GetEnvironmentVariable("CI") is not null))
                    Assert.Fail($"{peer.Name} is not installed: eng/install-test-packages installs it.");
                if (Updates)
                    document.Versions[peer.Name] = peer.Version!;
            }

            // Another version reads some things differently; what is written down is about the one that is named.
            var comparable = peers.Where(peer => peer.Version == document.Versions[peer.Name]);
            var changes = (await Task.WhenAll(comparable.Select(peer => CompareAsync(page, peer, document, find)))).SelectMany(found => found).ToArray();
            if (!Updates)
            {
                var lines = changes.Select(change => $"{change.Peer}, {change.Message}: found {change.Found ?? "agreement"}, written {document[change.Message, change.Peer] ?? "agreement"}");
                Assert.True(changes.Length == 0, $"{page.FilePath} is not up to date ({UpdateSwitch}=1 ./test Proxy writes it anew):\n{string.Join('\n', lines)}");
                return;
            }

            foreach (var (peer, message, found) in changes)
                document[message, peer] = found;
            await File.WriteAllTextAsync(page.FilePath, document.Write(), TestContext.Current.CancellationToken);
        }
        finally
        {
            foreach (var peer in peers)
                await peer.DisposeAsync();
        }
    }

    /// <summary>The page is what its own cells, the table and the notes make.</summary>
    public static async Task CheckTextAsync(DifferencesPage page)
    {
        Assert.SkipWhen(Updates, "being written anew");
        var text = await File.ReadAllTextAsync(page.FilePath, TestContext.Current.CancellationToken);

        Assert.Equal(DifferencesDocument.Load(page).Write(), text);
    }

    private static async Task<List<(string Peer, string Message, string? Found)>> CompareAsync<TPeer>(
        DifferencesPage page, TPeer peer, DifferencesDocument document, Func<TPeer, DifferencesRow, Task<string?>> find)
        where TPeer : Peer
    {
        var changes = new List<(string, string, string?)>();
        foreach (var row in page.Rows)
        {
            var written = document[row.Name, peer.Name];
            var found = await find(peer, row);
            for (var i = 1; i < Tries && found != written && !Updates; i++)
                found = await find(peer, row);
            if (found != written)
                changes.Add((peer.Name, row.Name, found));
        }
        return changes;
    }
}
