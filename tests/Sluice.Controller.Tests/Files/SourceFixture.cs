using System.Threading.Channels;
using Sluice.Controller.Files;

namespace Sluice.Controller.Tests.Files;

/// <summary>A folder of its own and a source that follows it; updates are awaited, never slept for.</summary>
internal sealed class SourceFixture : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Channel<SourceUpdate> _updates = Channel.CreateUnbounded<SourceUpdate>();
    private readonly Channel<string> _ownedChanges = Channel.CreateUnbounded<string>();
    private FilesSource? _source;

    public SourceFixture()
    {
        Folder = Directory.CreateTempSubdirectory("sluice-files-").FullName;
    }

    public string Folder { get; }

    /// <summary>Files that are somebody else's.</summary>
    public System.Collections.Concurrent.ConcurrentBag<string> Owned { get; } = [];

    public SourceUpdate Current { get; private set; } = null!;

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    /// <summary>Writes beside and renames over, as careful programs do.</summary>
    public void Replace(string name, string text)
    {
        var beside = PathOf("." + Path.GetFileName(name) + ".tmp");
        File.WriteAllText(beside, text);
        File.Move(beside, PathOf(name), overwrite: true);
    }

    public SourceUpdate Follow(params string[] paths)
    {
        _source = new FilesSource(paths.Length == 0 ? [Folder] : paths) { IsOwned = file => Owned.Contains(file), OwnedChanged = file => _ownedChanges.Writer.TryWrite(file ?? "") };
        return Current = _source.Follow(update => _updates.Writer.TryWrite(update));
    }

    /// <summary>The first update, or the current state, for which this holds.</summary>
    public async Task<SourceUpdate> Until(Func<SourceUpdate, bool> condition)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        while (!condition(Current))
            Current = await _updates.Reader.ReadAsync(patience.Token);
        return Current;
    }

    /// <summary>The next of the changes in files that are somebody else's; "" for any of them.</summary>
    public async Task<string> NextOwned()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        return await _ownedChanges.Reader.ReadAsync(patience.Token);
    }

    public void Rescan() => _source!.Rescan();

    /// <summary>The next update.</summary>
    public async Task<SourceUpdate> Next()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        return Current = await _updates.Reader.ReadAsync(patience.Token);
    }

    public void Dispose()
    {
        _source?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
