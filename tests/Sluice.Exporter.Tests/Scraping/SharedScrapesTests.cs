using Sluice.Exporter.Families;
using Sluice.Exporter.Scraping;
using Sluice.Exporter.Tests.Support;

namespace Sluice.Exporter.Tests.Scraping;

/// <summary>Several scrapers at once.</summary>
public sealed class SharedScrapesTests
{
    private static readonly TimeSpan Patient = TimeSpan.FromMinutes(2);

    private readonly ManualSource _source = new();

    [Fact]
    public async Task Scrapes_ThatComeDuringAReading_ShareTheNextOne()
    {
        var scrapes = Create();
        var first = scrapes.GetAsync(Patient, Cancellation);
        var reading = await _source.NextAsync();
        var others = Enumerable.Range(0, 9).Select(_ => scrapes.GetAsync(Patient, Cancellation)).ToArray();

        reading.Complete();
        using var one = await first;
        (await _source.NextAsync()).Complete();
        var results = await Task.WhenAll(others);

        Assert.Equal(2, _source.Count);
        Assert.Single(results.Select(lease => lease.Result).Distinct());
        Assert.NotSame(one.Result, results[0].Result);
    }

    [Fact]
    public async Task Reading_ThatNobodyWaitsFor_IsGivenUp()
    {
        var scrapes = Create();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var first = scrapes.GetAsync(Patient, gone.Token);
        var reading = await _source.NextAsync();

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.Result.Task.WaitAsync(reading.Cancellation));

        var second = scrapes.GetAsync(Patient, Cancellation);
        (await _source.NextAsync()).Complete();
        (await second).Dispose();
    }

    [Fact]
    public async Task Reading_ThatOneStillWaitsFor_GoesOn()
    {
        var scrapes = Create();
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var running = scrapes.GetAsync(Patient, Cancellation);
        var reading = await _source.NextAsync();
        var leaves = scrapes.GetAsync(Patient, gone.Token);
        var stays = scrapes.GetAsync(Patient, Cancellation);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        reading.Complete();
        (await running).Dispose();
        (await _source.NextAsync()).Complete();
        (await stays).Dispose();
    }

    [Fact]
    public async Task Scraper_WithoutPatience_GetsThatNothingWasRead()
    {
        var scrapes = Create();

        using var lease = await scrapes.GetAsync(TimeSpan.FromMilliseconds(1), Cancellation);

        Assert.Contains("gateway_metrics_up 0\n", System.Text.Encoding.UTF8.GetString(lease.Result.Own[0].Lines.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reading_HasTheTimeOfTheMostPatientScraper()
    {
        var scrapes = Create();
        var first = scrapes.GetAsync(Patient, Cancellation);
        var reading = await _source.NextAsync();
        Task<ScrapeLease>[] next = [scrapes.GetAsync(Patient / 2, Cancellation), scrapes.GetAsync(Patient * 2, Cancellation), scrapes.GetAsync(Patient, Cancellation)];

        reading.Complete();
        (await first).Dispose();
        reading = await _source.NextAsync();

        Assert.Equal(Patient * 2, reading.Deadline);
        reading.Complete();
        await Task.WhenAll(next);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Results_ThatAreReadSlowly_AreCutOffWhenTheyTakeTooMuchMemory(bool keepsObjects)
    {
        var source = new ManualSource { KeepsObjects = keepsObjects };
        var scrapes = Create(source);
        var objects = Rendered.Result(Rendered.Manifest(Objects.Gateway("g"))).Kinds;
        var leases = new List<ScrapeLease>();
        for (var i = 0; i < 3; i++)
        {
            var scrape = scrapes.GetAsync(Patient, Cancellation);
            (await source.NextAsync()).Complete(objects);
            leases.Add(await scrape);
        }

        // Two of the three fit.
        Assert.InRange(objects[0].Objects[0].Size, 900, 1400);
        Assert.Equal([!keepsObjects, false, false], leases.Select(lease => lease.Cut.IsCancellationRequested));
        leases.ForEach(lease => lease.Dispose());
    }

    [Fact]
    public async Task Defect_InReading_CostsTheScrapesThatWaitedForIt()
    {
        var scrapes = Create();
        var first = scrapes.GetAsync(Patient, Cancellation);
        (await _source.NextAsync()).Result.SetException(new InvalidOperationException("a defect"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);

        var second = scrapes.GetAsync(Patient, Cancellation);
        (await _source.NextAsync()).Complete();
        (await second).Dispose();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SharedScrapes Create(ManualSource? source = null) => new(source ?? _source, [StateKinds.GatewayApi[0]], new ExporterLimits { BytesBeingSent = 2800 }, "1", new KindProblems(_ => { }));
}
