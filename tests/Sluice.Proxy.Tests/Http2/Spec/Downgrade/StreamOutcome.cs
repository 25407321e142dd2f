using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Http2.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>What came of an odd message: all that backends saw, how its stream ended, and how the good request behind it.</summary>
internal sealed record StreamOutcome(IReadOnlyList<SeenMessage> Seen, string End, string Sentinel)
{
    /// <summary>The good request is no part of what came of the odd one.</summary>
    public IReadOnlyList<SeenMessage> OfTheOddOne => [.. Seen.Where(seen => seen.Message.Target != "/sentinel")];

    /// <summary>Plays a case on a connection of its own.</summary>
    /// <param name="fixture">The proxy and its backends.</param>
    /// <param name="oddity">What to send.</param>
    /// <param name="step">Octets per send.</param>
    public static async Task<StreamOutcome> PlayAsync(CaseFixture fixture, DowngradeCase oddity, int step = int.MaxValue)
    {
        await using var client = await Http2Client.ConnectAsync(fixture.Proxy.EndPoint);
        var bytes = Frame.ToBytes(oddity.Sent);
        for (var at = 0; at < bytes.Length && !client.SendFailed; at += Math.Min(step, bytes.Length - at))
            await client.SendAsync(bytes.AsMemory(at, Math.Min(step, bytes.Length - at)));
        var end = oddity.Verdict == StreamVerdict.GivenUp ? StreamVerdict.GivenUp.End : await EndOfAsync(client, 1);

        await client.SendAsync([DowngradeCase.Sentinel]);
        var sentinel = await EndOfAsync(client, 3);
        return new StreamOutcome(fixture.TakeSeen(), end, sentinel);
    }

    private static async Task<string> EndOfAsync(Http2Client client, int stream)
    {
        var response = client.Response(stream);
        while (!response.IsOver)
        {
            if (await client.NextAsync() is null)
                return client.GoneAway is { } goAway ? $"ends {goAway.ErrorCode}" : $"ends without a word ({client.End})";
        }

        // A request whose body is not wanted any more is reset behind its answer, without an error (RFC 9113 8.1).
        return response.Ended && response.Reset is null or Http2Error.NoError ? $"{response.Status}" : $"reset {response.Reset}";
    }
}
