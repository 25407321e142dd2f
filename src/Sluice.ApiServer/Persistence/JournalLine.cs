using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Persistence;

/// <summary>
/// The journal's lines: a checksum, a word and what it is about. <c>put JSON</c> is an object as it was stored,
/// <c>del VERSION GROUP/KIND NAMESPACE/NAME</c> a removal, <c>file GROUP/KIND NAMESPACE/NAME HASH</c> the content that the
/// object's file is about to get, <c>kept GROUP/KIND NAMESPACE/NAME</c> that it is there,
/// <c>version VERSION</c> the counter.
/// </summary>
internal static class JournalLine
{
    /// <summary>In place of a hash: there is no file any more.</summary>
    public const string NoFile = "-";

    private const int ChecksumLength = 16;

    public static void Put(IBufferWriter<byte> output, StoredObject value) => Write(output, "put "u8, value.Json);

    public static void Delete(IBufferWriter<byte> output, StoredObject last) =>
        Write(output, "del "u8, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{last.Version} {Name(last.Kind)} {last.Key.Namespace}/{last.Key.Name}")));

    public static void File(IBufferWriter<byte> output, ResourceKind kind, ObjectKey key, string hash) =>
        Write(output, "file "u8, Encoding.UTF8.GetBytes($"{Name(kind)} {key.Namespace}/{key.Name} {hash}"));

    public static void Kept(IBufferWriter<byte> output, ResourceKind kind, ObjectKey key) =>
        Write(output, "kept "u8, Encoding.UTF8.GetBytes($"{Name(kind)} {key.Namespace}/{key.Name}"));

    public static void Version(IBufferWriter<byte> output, long version) =>
        Write(output, "version "u8, Encoding.UTF8.GetBytes(version.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The line without its checksum; false when the checksum is not the line's.</summary>
    public static bool TryOpen(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (line.Length <= ChecksumLength + 1 || line[ChecksumLength] != ' ')
            return false;
        content = line[(ChecksumLength + 1)..];
        Span<byte> checksum = stackalloc byte[ChecksumLength];
        Checksum(content, checksum);
        return line[..ChecksumLength].SequenceEqual(checksum);
    }

    private static string Name(ResourceKind kind) => $"{kind.Group}/{kind.Kind}";

    private static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> word, ReadOnlySpan<byte> rest)
    {
        var length = ChecksumLength + 1 + word.Length + rest.Length + 1;
        var line = output.GetSpan(length)[..length];
        var content = line[(ChecksumLength + 1)..^1];
        word.CopyTo(content);
        rest.CopyTo(content[word.Length..]);
        Checksum(content, line[..ChecksumLength]);
        line[ChecksumLength] = (byte)' ';
        line[^1] = (byte)'\n';
        output.Advance(length);
    }

    private static void Checksum(ReadOnlySpan<byte> content, Span<byte> into)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        Convert.TryToHexStringLower(hash[..(ChecksumLength / 2)], into, out _);
    }
}
