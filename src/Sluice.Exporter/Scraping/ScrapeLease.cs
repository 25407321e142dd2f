namespace Sluice.Exporter.Scraping;

/// <summary>A result while it is being sent.</summary>
/// <param name="result">What is sent.</param>
/// <param name="release">Called once, at the end.</param>
/// <param name="cut">Cancelled when that takes so long that others need the memory.</param>
internal sealed class ScrapeLease(ScrapeResult result, Action release, CancellationToken cut) : IDisposable
{
    private int _isReleased;

    public ScrapeResult Result { get; } = result;

    public CancellationToken Cut { get; } = cut;

    /// <summary>Called too, once, at the end. To be set before anyone can dispose.</summary>
    public Action? Released { get; set; }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) != 0)
            return;
        release();
        Released?.Invoke();
    }
}
