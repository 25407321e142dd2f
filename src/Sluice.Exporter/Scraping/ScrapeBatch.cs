namespace Sluice.Exporter.Scraping;

/// <summary>One reading of all kinds, and the requests that get it. Guarded by the <see cref="SharedScrapes"/> that it belongs to.</summary>
internal sealed class ScrapeBatch
{
    private readonly TaskCompletionSource<ScrapeResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The result.</summary>
    public Task<ScrapeResult> Done => _done.Task;

    /// <summary>Requests that wait for it.</summary>
    public int Waiting { get; set; }

    /// <summary>Requests that are being answered with it.</summary>
    public int Readers { get; set; }

    /// <summary>What the result costs while it is being sent.</summary>
    public long Bytes { get; set; }

    /// <summary>How long the most patient of them can wait.</summary>
    public TimeSpan Patience { get; set; }

    /// <summary>Nobody waits for it any more.</summary>
    public CancellationTokenSource Abandoned { get; } = new();

    /// <summary>Who still reads it is to be cut off.</summary>
    public CancellationTokenSource Cut { get; } = new();

    public async Task RunAsync(Func<TimeSpan, CancellationToken, Task<ScrapeResult>> scrape)
    {
        try
        {
            _done.SetResult(await scrape(Patience, Abandoned.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            _done.TrySetCanceled();
        }
        catch (Exception defect)
        {
            _done.TrySetException(defect);
        }
    }
}
