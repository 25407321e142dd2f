namespace Sluice.Proxy.Tests.Support;

/// <summary>Measures what the workers of a proxy allocate.</summary>
internal static class Allocations
{
    private const int Tries = 4;

    /// <summary>
    /// Fails unless a round of requests allocates less than a byte for each: the smallest object would be 24, and asking costs a few
    /// itself. The runtime now and then allocates for itself on a worker's thread, where it loads a type, say; what is allocated per
    /// request comes with every round, so one clean round is proof.
    /// </summary>
    public static async Task AreNoneAsync(ProxyServer server, int requests, Func<Task> round)
    {
        await round();
        var least = long.MaxValue;
        for (var i = 0; i < Tries && least >= requests; i++)
        {
            var before = await server.AllocatedBytesAsync();
            await round();
            least = Math.Min(least, await server.AllocatedBytesAsync() - before);
        }

        Assert.InRange(least, 0, requests - 1);
    }
}
