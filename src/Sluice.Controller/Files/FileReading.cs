using Sluice.Resources.Reading;

namespace Sluice.Controller.Files;

/// <summary>Reads files into <see cref="ManifestFile"/>s: many at once with all cores, or one after the other.</summary>
internal sealed class FileReading(ManifestLimits limits, TimeProvider clock) : IDisposable
{
    /// <summary>Fewer files than this are not worth a second thread.</summary>
    private const int FilesPerThread = 32;
    private const int MaxThreads = 4;

    private ManifestReader? _reader;
    private FileContent? _content;

    /// <summary>Reads all files. Which thread reads which file makes no difference to the result.</summary>
    public FileEntry[] ReadAll(IReadOnlyList<ScannedFile> files, Func<string, ManifestFile?> previous)
    {
        var results = new FileEntry[files.Count];
        var now = clock.GetUtcNow();
        var next = -1;
        void Work()
        {
            var reader = new ManifestReader(limits);
            using var content = new FileContent(limits.MaxFileBytes);
            for (var i = Interlocked.Increment(ref next); i < files.Count; i = Interlocked.Increment(ref next))
                results[i] = Read(reader, content, files[i], previous(files[i].Path), now);
        }

        var helpers = Math.Min(Math.Min(Environment.ProcessorCount, MaxThreads), files.Count / FilesPerThread) - 1;
        var threads = new List<Thread>();
        for (var i = 0; i < helpers; i++)
        {
            threads.Add(new Thread(Work) { IsBackground = true, Name = "files reader" });
            threads[i].Start();
        }

        Work();
        foreach (var thread in threads)
            thread.Join();
        return results;
    }

    public FileEntry Read(ScannedFile file, ManifestFile? previous)
    {
        _reader ??= new ManifestReader(limits);
        _content ??= new FileContent(limits.MaxFileBytes);
        var entry = Read(_reader, _content, file, previous, clock.GetUtcNow());
        _content.Trim();
        return entry;
    }

    public void Dispose() => _content?.Dispose();

    private static FileEntry Read(ManifestReader reader, FileContent content, ScannedFile file, ManifestFile? previous, DateTimeOffset now)
    {
        try
        {
            return new FileEntry(file, reader.Read(file.Path, content.Read(file.RealPath, file.Status.Size), previous, now));
        }
        catch (IOException exception)
        {
            return new FileEntry(file, ManifestReader.Unreadable(file.Path, $"cannot be read: {exception.Message}", previous));
        }
    }
}
