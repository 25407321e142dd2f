using System.Threading.Channels;
using Sluice.Controller.Embedded;
using Sluice.Controller.Files;

namespace Sluice.Controller.Standalone;

/// <summary>What is to be served: the objects of the files and, where there is one, of the Kubernetes API. Changes that come while one is put in force come together in the next.</summary>
internal sealed class StandaloneSource : IDisposable
{
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly EmbeddedApi? _api;
    private readonly FilesSource _source;
    private volatile SourceUpdate _files = null!;

    public StandaloneSource(IReadOnlyList<string> paths, EmbeddedApi? api)
    {
        _api = api;
        _source = new FilesSource(paths) { IsOwned = api is null ? null : api.Owns, OwnedChanged = api is null ? null : api.TakeEdits };
        if (api is null)
            return;
        api.Changed = Nudge;
        api.Opened = _source.Rescan;
    }

    /// <summary>Reads everything, and follows it from then on.</summary>
    /// <exception cref="FilesSourceException">A path does not exist, or cannot be followed.</exception>
    public SourceUpdate Start()
    {
        var first = _source.Follow(update =>
        {
            _files = update;
            Nudge();
        });
        Interlocked.CompareExchange(ref _files, first, null!);
        return Compose();
    }

    /// <summary>Waits for the next state. One caller at a time.</summary>
    public async Task<SourceUpdate> NextAsync(CancellationToken cancellation)
    {
        await _changed.Reader.ReadAsync(cancellation);
        return Compose();
    }

    public void Dispose() => _source.Dispose();

    private SourceUpdate Compose() => _api?.Compose(_files) ?? _files;

    private void Nudge() => _changed.Writer.TryWrite(true);
}
