namespace Sluice.Exporter.Scraping;

/// <summary>Where the objects come from.</summary>
internal interface IStateSource
{
    /// <summary>Whether there is something to serve.</summary>
    bool IsReady { get; }

    /// <summary>Whether it keeps the objects that it gives: then results cost no memory of their own.</summary>
    bool KeepsObjects { get; }

    /// <summary>Reads all kinds. What cannot be read in time counts as failed; the rest is in the result.</summary>
    /// <param name="deadline">How long it may take.</param>
    /// <param name="cancellation">Nobody waits for it any more.</param>
    Task<IReadOnlyList<KindObjects>> CollectAsync(TimeSpan deadline, CancellationToken cancellation);
}
