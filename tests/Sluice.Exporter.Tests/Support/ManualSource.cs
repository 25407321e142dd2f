using System.Collections.Concurrent;
using Sluice.Exporter.Scraping;

namespace Sluice.Exporter.Tests.Support;

/// <summary>Reads when the test says so.</summary>
internal sealed class ManualSource : IStateSource
{
    private readonly ConcurrentQueue<ManualRead> _reads = new();
    private readonly SemaphoreSlim _begun = new(0);

    public bool IsReady => true;

    public bool KeepsObjects { get; init; }

    public int Count => _reads.Count;

    public async Task<IReadOnlyList<KindObjects>> CollectAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        var read = new ManualRead(deadline, cancellation);
        _reads.Enqueue(read);
        _begun.Release();
        return await read.Result.Task.WaitAsync(cancellation);
    }

    /// <summary>Waits for the next reading to begin.</summary>
    public async Task<ManualRead> NextAsync()
    {
        await _begun.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return _reads.Last();
    }
}
