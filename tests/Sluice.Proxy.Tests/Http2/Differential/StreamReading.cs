using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Http1.Differential;
using Sluice.Proxy.Tests.Http2.Spec.Downgrade;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Differential;

/// <summary>How somebody has read an odd message of HTTP/2: the requests that it passed on over HTTP/1.1, and how it ended the stream.</summary>
internal sealed record StreamReading(IReadOnlyList<SeenRequest> Seen, string End)
{
    private const string Barrier = "BARRIER";

    /// <summary>What Sluice makes of it, whatever the routes.</summary>
    public static StreamReading BySluice(DowngradeCase oddity) => new(
        oddity.Verdict.Seen is { } seen ? [seen] : [],
        oddity.Verdict.EndsConnection ? "ends the connection" : oddity.Verdict.End.StartsWith("reset", StringComparison.Ordinal) ? "resets" : oddity.Verdict.End);

    /// <summary>Sends the message, then a good one on the same connection, to a peer and notes what came of it.</summary>
    public static async Task<StreamReading> ReadAsync(ProxyPeer peer, DowngradeCase oddity)
    {
        var end = await PlayAsync(peer, oddity);

        // A peer may answer, or give up, before its backend has heard of it: another request follows, and what came before it counts.
        await using var client = await Http2Client.ConnectAsync(peer.EndPoint);
        await client.SendAsync([Make.Headers(1, FieldBlock.Request(Barrier, "/"))]);
        await client.ResponseAsync(1);
        return new StreamReading([.. peer.TakeSeen().Where(seen => seen.Method != Barrier && seen.Target != "/sentinel")], end);
    }

    /// <summary>The same requests. Refusals are alike, in whatever form.</summary>
    public bool IsLike(StreamReading other) => Seen.Select(PeerReading.Normal).SequenceEqual(other.Seen.Select(PeerReading.Normal));

    /// <summary>For a cell of the document: the requests in short, then how the stream ended if not with 200.</summary>
    public override string ToString()
    {
        var parts = Seen.Select(PeerReading.Show).ToList();
        if (End != "200" || parts.Count == 0)
            parts.Add(End == "200" ? "200 of its own" : End);
        return string.Join(", then ", parts);
    }

    private static async Task<string> PlayAsync(ProxyPeer peer, DowngradeCase oddity)
    {
        try
        {
            await using var client = await Http2Client.ConnectAsync(peer.EndPoint);
            await client.SendAsync(oddity.Sent);
            var end = oddity.Verdict == StreamVerdict.GivenUp ? StreamVerdict.GivenUp.End : await EndOfAsync(client, 1);
            await client.SendAsync([DowngradeCase.Sentinel]);
            await EndOfAsync(client, 3);
            return end;
        }
        catch (WireFormatException error)
        {
            return error.Truncated ? "ends the connection" : "answers what is no HTTP/2";
        }
    }

    private static async Task<string> EndOfAsync(Http2Client client, int stream)
    {
        var response = client.Response(stream);
        while (!response.IsOver)
        {
            if (await client.NextAsync() is null)
                return "ends the connection";
        }
        return response.Ended && response.Reset is null or Http2Error.NoError ? $"{response.Status}" : "resets";
    }
}
