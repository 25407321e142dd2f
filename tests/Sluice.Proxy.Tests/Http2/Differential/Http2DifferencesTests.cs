using Sluice.Proxy.Tests.Http1.Differential;
using Sluice.Proxy.Tests.Http2.Spec.Downgrade;

namespace Sluice.Proxy.Tests.Http2.Differential;

/// <summary>The table of odd messages over HTTP/2 through nginx and HAProxy, which pass it on over HTTP/1.1 as Sluice does.</summary>
public sealed class Http2DifferencesTests
{
    /// <summary>The peers have one route for everything: what ours does not serve is no difference.</summary>
    private static readonly DowngradeCase[] Compared = [.. DowngradeCases.All.Where(oddity => oddity.Verdict != StreamVerdict.Answered(404))];

    private static readonly DifferencesPage Page = new(
        "http2-differences.md",
        Http2ClassNotes.Introduction(Compared.Length),
        Http2ClassNotes.For,
        [.. Compared.Select(oddity => new DifferencesRow(oddity.Name, oddity.Section, StreamReading.BySluice(oddity).ToString(), oddity.Why))]);

    [Fact]
    public Task Peers_ReadTheTable_AsTheDocumentSays() =>
        DifferencesRun.CheckAsync<ProxyPeer>(Page, [new NginxPeer("http2"), new HaproxyPeer("proto h2")], FindAsync);

    [Fact]
    public Task Document_IsWhatTheTableAndItsOwnCellsMake() => DifferencesRun.CheckTextAsync(Page);

    private static async Task<string?> FindAsync(ProxyPeer peer, DifferencesRow row)
    {
        var oddity = DowngradeCases.Get(row.Name);
        var reading = await StreamReading.ReadAsync(peer, oddity);
        return reading.IsLike(StreamReading.BySluice(oddity)) ? null : reading.ToString();
    }
}
