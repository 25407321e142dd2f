namespace Sluice.ApiServer.Tests.Support;

/// <summary>The body of an answer to a client that takes nothing.</summary>
public sealed class StuckStream : MemoryStream
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
}
