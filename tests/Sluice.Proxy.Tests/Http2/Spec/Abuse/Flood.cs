using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Abuse;

/// <summary>Something that a client can do again and again at little cost.</summary>
/// <param name="Name">As people call it.</param>
/// <param name="Reason">How the proxy counts it.</param>
/// <param name="Begin">Sent once.</param>
/// <param name="Again">The n-th time, from 0.</param>
internal sealed record Flood(string Name, string Reason, Frame[] Begin, Func<int, Frame[]> Again)
{
    /// <summary>How often it is done at the most: far above any limit, far below what would hurt.</summary>
    public int Times { get; init; } = 50_000;

    /// <summary>Does it until the server ends the connection; false when it never did.</summary>
    public async Task<bool> RunAsync(Http2Client client, Func<Task> meanwhile)
    {
        const int Together = 250;
        await client.SendAsync(Begin);
        for (var i = 0; i < Times && !client.SendFailed; i += Together)
        {
            await client.SendAsync(Enumerable.Range(i, Together).SelectMany(Again));
            if (i % (Together * 8) == 0)
                await meanwhile();
        }

        // Whatever was sent before: the answer to this is an answer to all of it.
        await client.SendAsync([Make.Ping("the last")]);
        while (await client.NextAsync() is { } frame)
        {
            if (frame.Type == FrameType.Ping && frame.IsAck && Wire.Text(frame.Payload) == "the last")
                return false;
        }
        return true;
    }

    public override string ToString() => Name;
}
