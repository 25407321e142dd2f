namespace Sluice.ApiServer.Feeds;

/// <summary>One reader of a feed. It holds no queue: it goes on from where it stopped. For one caller at a time.</summary>
public interface IObjectFeedReader
{
    /// <summary>
    /// Waits for changes. The first batch is everything; later ones are everything again when the reader was so slow that the
    /// changes in between are forgotten.
    /// </summary>
    ValueTask<ObjectBatch> ReadAsync(CancellationToken cancellationToken);
}
