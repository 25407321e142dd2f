using System.Globalization;
using Sluice.Resources.Reading.Text;

namespace Sluice.Resources.Reading;

/// <summary>
/// Reads Kubernetes manifests: YAML with any number of documents, or JSON (files named *.json), lists included. Applies the
/// defaults and the rules of the kinds' CRDs. What is wrong becomes a <see cref="ManifestDiagnostic"/> with file, line and
/// field; nothing that a file can hold throws. An object with an error is left out, the others are not affected.
/// </summary>
/// <remarks>Keeps tables of strings and values that objects share, so use one reader for many files. Not thread-safe.</remarks>
public sealed class ManifestReader
{
    private readonly ManifestReaderParts _parts;

    /// <param name="limits">Null for <see cref="ManifestLimits.Default"/>.</param>
    public ManifestReader(ManifestLimits? limits = null) => _parts = new ManifestReaderParts(limits ?? ManifestLimits.Default);

    /// <summary>Reads a file's content.</summary>
    /// <param name="path">For messages and <see cref="KubernetesObject.Source"/>; a name that ends in .json means JSON.</param>
    /// <param name="content">The bytes of the file: UTF-8, with or without byte order mark.</param>
    /// <param name="previous">
    /// The result of the last read of the same file. Objects of unchanged documents, and objects that mean the same as before,
    /// stay the same instances; a changed spec counts <see cref="ObjectMeta.Generation"/> up; objects that are broken now are
    /// in <see cref="ManifestFile.Kept"/>.
    /// </param>
    /// <param name="now">The creationTimestamp of new objects that have none of their own; null for the present.</param>
    public ManifestFile Read(string path, ReadOnlySpan<byte> content, ManifestFile? previous = null, DateTimeOffset? now = null)
    {
        if (content.Length > _parts.Limits.MaxFileBytes)
            return Unreadable(path, $"the file has {content.Length.ToString(CultureInfo.InvariantCulture)} bytes, at most {_parts.Limits.MaxFileBytes.ToString(CultureInfo.InvariantCulture)} are read", previous);
        var text = TextCheck.SkipByteOrderMark(content);
        try
        {
            TextCheck.Check(text);
        }
        catch (ManifestSyntaxException exception)
        {
            return Unreadable(path, exception.Message, previous, exception.Line, exception.Column);
        }

        var isJson = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        var documents = isJson ? [new DocumentText(0, text.Length, 1)] : DocumentSplitter.Split(text);
        var hashes = new UInt128[documents.Count];
        for (var i = 0; i < hashes.Length; i++)
            hashes[i] = ContentHash.Of(text.Slice(documents[i].Start, documents[i].Length));
        var matches = DocumentMatch.Find(hashes, previous);
        var results = new FileResults(path, previous, Taken(matches, previous), _parts.Limits.MaxDiagnostics);
        _parts.Binder.StartFile(path, results, now ?? DateTimeOffset.UtcNow);
        var reader = new DocumentReader(_parts, results);
        for (var i = 0; i < hashes.Length; i++)
        {
            var document = documents[i];
            if (matches[i] >= 0)
                results.Take(matches[i], document.FirstLine);
            else
                reader.Read(isJson, text.Slice(document.Start, document.Length), hashes[i], document.FirstLine);
        }

        _parts.Tree.Clear();
        return results.Finish();
    }

    /// <summary>The result for a file whose content cannot be used at all: one error, and everything of before is kept.</summary>
    /// <param name="path">The file.</param>
    /// <param name="message">Why.</param>
    /// <param name="previous">The result of the last read of the same file.</param>
    public static ManifestFile Unreadable(string path, string message, ManifestFile? previous) => Unreadable(path, message, previous, 0, 0);

    private static ManifestFile Unreadable(string path, string message, ManifestFile? previous, int line, int column) => new(path)
    {
        IsBroken = true,
        DiagnosticArray = [new ManifestDiagnostic(ManifestSeverity.Error, path, line, column, message)],
        KeptArray = previous is null ? [] : [.. previous.ObjectArray, .. previous.KeptArray],
        KeptHashes = previous is null ? [] : [.. previous.Hashes, .. previous.KeptHashes],
    };

    private static bool[] Taken(int[] matches, ManifestFile? previous)
    {
        var taken = new bool[previous?.Documents.Length ?? 0];
        foreach (var match in matches)
        {
            if (match >= 0)
                taken[match] = true;
        }

        return taken;
    }
}
