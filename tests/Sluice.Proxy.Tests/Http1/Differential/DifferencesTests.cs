using Sluice.Proxy.Tests.Http1.Cases;

namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>The table's bytes through nginx, HAProxy and Node.</summary>
public sealed class DifferencesTests
{
    private static DifferencesPage Page { get; } = new(
        "http1-differences.md",
        ClassNotes.Introduction(Disagreements.Cases.Count()),
        ClassNotes.For,
        [.. Disagreements.Cases.Select(oddity => new DifferencesRow(oddity.Name, oddity.Section, Disagreements.ReadBySluice(oddity).ToString(), oddity.Why))]);

    [Fact]
    public Task Peers_ReadTheTable_AsTheDocumentSays() =>
        DifferencesRun.CheckAsync<Peer>(Page, [new NginxPeer(), new HaproxyPeer(), new NodePeer()], (peer, row) => Disagreements.FindAsync(peer, MessageCases.Get(row.Name)));

    [Fact]
    public Task Document_IsWhatTheTableAndItsOwnCellsMake() => DifferencesRun.CheckTextAsync(Page);
}
