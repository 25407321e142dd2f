using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Http1.Reference;

namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>Where peers read a message of the table otherwise than Sluice does.</summary>
internal static class Disagreements
{
    /// <summary>Messages that a peer reads one way after one start and another way after the next.</summary>
    private static readonly HashSet<(string Peer, string Message)> Unsteady = [("HAProxy", "trailer/space-before-colon")];

    /// <summary>What Sluice reads, whatever the routes: the requests that it takes, the sentinel included.</summary>
    public static PeerReading ReadBySluice(MessageCase oddity)
    {
        var verdict = ReferenceReader.Read(oddity.Sent, (_, _) => "a");
        return new PeerReading(verdict.Seen, verdict.Statuses);
    }

    /// <summary>
    /// What is compared. Not those where the client has ended its stream while something is to be answered: whether a peer then
    /// still passes it on is a matter of chance.
    /// </summary>
    public static IEnumerable<MessageCase> Cases => MessageCases.All.Where(oddity => !oddity.Truncated || oddity.Verdict.Seen.Count == 0);

    /// <summary>What stands in the peer's cell: its reading, or null when it agrees.</summary>
    public static async Task<string?> FindAsync(Peer peer, MessageCase oddity)
    {
        if (Unsteady.Contains((peer.Name, oddity.Name)))
            return "passes it on or refuses it, from start to start";
        var reading = await peer.ReadAsync(oddity.Sent, oddity.Truncated);
        return reading.IsLike(ReadBySluice(oddity)) ? null : reading.ToString();
    }
}
