using System.Diagnostics;
using Sluice.Exporter.Families;

namespace Sluice.Exporter.Scraping;

/// <summary>
/// Has all kinds read when somebody asks. What is read is never older than the request: who comes while a reading is under way waits
/// for the next one, together with all others who do. So any number of scrapers cost the API server one reading at a time, and this
/// process the memory of a few results.
/// </summary>
/// <param name="source">Reads.</param>
/// <param name="kinds">What it reads.</param>
/// <param name="limits">On results that are being sent.</param>
/// <param name="version">Of this program.</param>
/// <param name="problems">Is told how it went.</param>
internal sealed class SharedScrapes(IStateSource source, IReadOnlyList<StateKind> kinds, ExporterLimits limits, string version, KindProblems problems)
{
    /// <summary>A result that comes with the last of its time is still taken.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly List<ScrapeBatch> _sending = [];
    private ScrapeBatch? _running;
    private ScrapeBatch? _next;

    /// <summary>Everything as it is now; that nothing could be read, when it takes too long.</summary>
    /// <param name="patience">How long the scraper waits.</param>
    /// <param name="cancellation">The scraper is gone.</param>
    public async Task<ScrapeLease> GetAsync(TimeSpan patience, CancellationToken cancellation)
    {
        ScrapeBatch batch;
        lock (_lock)
        {
            batch = _next ??= new ScrapeBatch();
            batch.Waiting++;
            batch.Patience = patience > batch.Patience ? patience : batch.Patience;
            if (_running is null)
                StartNext();
        }

        try
        {
            var result = await batch.Done.WaitAsync(patience + Grace, cancellation).ConfigureAwait(false);
            Retain(batch);
            return new ScrapeLease(result, () => Release(batch), batch.Cut.Token);
        }
        catch (TimeoutException)
        {
            return new ScrapeLease(NothingRead($"not read within {patience.TotalSeconds:0.###} s", patience), () => { }, CancellationToken.None);
        }
        finally
        {
            Leave(batch);
        }
    }

    private void StartNext()
    {
        _running = _next;
        _next = null;
        if (_running is { } batch)
            _ = Task.Run(() => RunAsync(batch));
    }

    private async Task RunAsync(ScrapeBatch batch)
    {
        await batch.RunAsync((deadline, cancellation) => ScrapeAsync(batch, deadline, cancellation)).ConfigureAwait(false);
        lock (_lock)
            StartNext();
    }

    private async Task<ScrapeResult> ScrapeAsync(ScrapeBatch batch, TimeSpan deadline, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var found = await source.CollectAsync(deadline, cancellation).ConfigureAwait(false);
        problems.Observe(found);
        batch.Bytes = source.KeepsObjects ? 0 : found.Sum(kind => kind.Objects.Sum(rendered => (long)rendered.Size));
        return new ScrapeResult(ScrapeMetrics.Of(found, watch.Elapsed, version), found);
    }

    private ScrapeResult NothingRead(string problem, TimeSpan duration)
    {
        KindObjects[] nothing = [.. kinds.Select(kind => new KindObjects(kind, [], null, problem, duration))];
        return new ScrapeResult(ScrapeMetrics.Of(nothing, duration, version), nothing);
    }

    private void Leave(ScrapeBatch batch)
    {
        lock (_lock)
        {
            if (--batch.Waiting > 0 || batch.Done.IsCompleted)
                return;
            if (_next == batch)
                _next = null;
        }

        batch.Abandoned.Cancel();
    }

    private void Retain(ScrapeBatch batch)
    {
        List<ScrapeBatch>? cut = null;
        lock (_lock)
        {
            batch.Readers++;
            if (!_sending.Contains(batch))
                _sending.Add(batch);
            for (var bytes = _sending.Sum(sending => sending.Bytes); bytes > limits.BytesBeingSent && _sending.Count > 1; bytes -= cut[^1].Bytes)
            {
                (cut ??= []).Add(_sending[0]);
                _sending.RemoveAt(0);
            }
        }

        cut?.ForEach(oldest => oldest.Cut.Cancel());
    }

    private void Release(ScrapeBatch batch)
    {
        lock (_lock)
        {
            if (--batch.Readers == 0)
                _sending.Remove(batch);
        }
    }
}
