using System.Globalization;
using System.Text;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Persistence;

/// <summary>What a journal says that there is.</summary>
internal sealed class JournalContent(KindCatalog catalog)
{
    public Dictionary<(ResourceKind Kind, ObjectKey Key), StoredObject> Objects { get; } = [];

    /// <summary>
    /// Hashes of the content that objects' files were to get, and of the content before: a file that has either is as it was left.
    /// One that is not known to be there may never have been written. Those of objects that are gone are still to be removed.
    /// </summary>
    public Dictionary<(ResourceKind Kind, ObjectKey Key), (string Hash, string? Before, bool IsThere)> Files { get; } = [];

    /// <summary>The highest that was given out.</summary>
    public long Version { get; private set; }

    /// <summary>Bytes of whole lines. What comes after them was being written when the process or the machine ended, and was never confirmed.</summary>
    public long GoodLength { get; private set; }

    /// <exception cref="DataFolderException">A line in the middle is broken: someone has changed the file, or the disk has.</exception>
    public static JournalContent Read(string path, KindCatalog catalog)
    {
        var content = new JournalContent(catalog);
        if (!File.Exists(path))
            return content;
        ReadOnlySpan<byte> rest = File.ReadAllBytes(path);
        for (var number = 1; !rest.IsEmpty; number++)
        {
            var end = rest.IndexOf((byte)'\n');
            if (end < 0)
                break;
            if (!JournalLine.TryOpen(rest[..end], out var line) || !content.TryTake(line))
            {
                if (rest[(end + 1)..].IndexOf((byte)'\n') < 0)
                    break;
                throw new DataFolderException($"{path}: line {number} is damaged. Restore the file from a copy, or move it away: then the objects that have a file are kept without status, as files of yours");
            }

            content.GoodLength += end + 1;
            rest = rest[(end + 1)..];
        }

        return content;
    }

    private bool TryTake(ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        if (space < 0)
            return false;
        var rest = line[(space + 1)..];
        if (line[..space].SequenceEqual("put"u8))
            return TryPut(rest);
        var words = Encoding.UTF8.GetString(rest).Split(' ');
        switch (Encoding.UTF8.GetString(line[..space]), words)
        {
            case ("del", [var version, var kind, var name]) when TryPlace(kind, name) is var place && TryVersion(version, out var number):
                if (place is { } gone && !(Objects.TryGetValue(gone, out var newer) && newer.Version > number))
                    Objects.Remove(gone);
                return true;
            case ("file", [var kind, var name, var hash]):
                if (TryPlace(kind, name) is { } written && !(hash == JournalLine.NoFile && Files.Remove(written)))
                {
                    var before = Files.GetValueOrDefault(written);
                    Files[written] = (hash, before.Hash, before.IsThere);
                }

                return true;
            case ("kept", [var kind, var name]):
                if (TryPlace(kind, name) is { } kept && Files.TryGetValue(kept, out var file))
                    Files[kept] = (file.Hash, file.Before, true);
                return true;
            case ("version", [var version]):
                return TryVersion(version, out _);
            default:
                return false;
        }
    }

    private bool TryPut(ReadOnlySpan<byte> json)
    {
        if (JsonProbe.Text(json, "apiVersion") is not { } apiVersion || JsonProbe.Text(json, "kind") is not { } kindName ||
            JsonProbe.Text(json, "metadata", "name") is not { } name || !TryVersion(JsonProbe.Text(json, "metadata", "resourceVersion") ?? "", out var version))
        {
            return false;
        }

        // A kind that is served no longer is passed over; its file stays.
        if (catalog.FindByApiVersion(apiVersion, kindName) is not { } kind)
            return true;
        var place = (kind, new ObjectKey(JsonProbe.Text(json, "metadata", "namespace") ?? "", name));
        if (!Objects.TryGetValue(place, out var known) || known.Version <= version)
            Objects[place] = new StoredObject(kind, place.Item2, version, json.ToArray()) { IsTerminating = JsonProbe.Has(json, "metadata", "deletionTimestamp") };
        return true;
    }

    private bool TryVersion(string text, out long version)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version))
            return false;
        Version = Math.Max(Version, version);
        return true;
    }

    private (ResourceKind Kind, ObjectKey Key)? TryPlace(string kindName, string name)
    {
        var slash = kindName.LastIndexOf('/');
        var split = name.IndexOf('/', StringComparison.Ordinal);
        return slash >= 0 && split >= 0 && catalog.Find(kindName[..slash], kindName[(slash + 1)..]) is { } kind
            ? (kind, new ObjectKey(name[..split], name[(split + 1)..]))
            : null;
    }
}
