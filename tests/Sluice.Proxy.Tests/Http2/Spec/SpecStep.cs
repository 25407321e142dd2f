using Sluice.Proxy.Tests.Http2.Support;

namespace Sluice.Proxy.Tests.Http2.Spec;

/// <summary>A thing that the client of a case does.</summary>
internal sealed record SpecStep(Func<Http2Client, Task> Do)
{
    /// <summary>A frame that is only sent; those in a row are sent together.</summary>
    public Frame? Sends { get; private init; }

    public static implicit operator SpecStep(Frame frame) => new(client => client.SendAsync([frame])) { Sends = frame };

    /// <summary>Octets that are no frame.</summary>
    public static SpecStep Raw(string octets) => new(client => client.SendAsync(Proxy.Tests.Support.Wire.Bytes(octets)));

    /// <summary>Waits until the stream has been answered and is closed on both sides.</summary>
    public static SpecStep Answered(int stream) => new(async client => Assert.Equal(200, (await client.ResponseAsync(stream)).Status));

    /// <summary>Waits until so much of the stream's body has come.</summary>
    public static SpecStep Received(int stream, int octets) =>
        new(client => client.ResponseWhenAsync(stream, response => response.Status == 200 && response.Body.Length >= octets));

    public static async Task PlayAsync(Http2Client client, IReadOnlyList<SpecStep> steps)
    {
        for (var i = 0; i < steps.Count;)
        {
            var together = steps.Skip(i).TakeWhile(step => step.Sends is not null).Select(step => step.Sends!).ToArray();
            if (together.Length > 0)
            {
                await client.SendAsync(together);
                i += together.Length;
                continue;
            }

            await steps[i].Do(client);
            i++;
        }
    }
}
