using System.Globalization;
using System.Text.Unicode;
using Sluice.Resources.Reading.Binding;

namespace Sluice.Resources.Reading.Text;

/// <summary>Tells text from anything else before a parser sees it.</summary>
internal static class TextCheck
{
    /// <summary>What follows a UTF-8 byte order mark.</summary>
    public static ReadOnlySpan<byte> SkipByteOrderMark(ReadOnlySpan<byte> content) =>
        content.StartsWith("\uFEFF"u8) ? content[3..] : content;

    /// <summary>Throws when the content is not UTF-8 text.</summary>
    public static void Check(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || content.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            throw new ManifestSyntaxException(1, 1, "the file is UTF-16 text: save it as UTF-8");
        var control = content.IndexOfAny(CharacterSets.NotText);
        if (control >= 0)
            throw At(content, control, $"the byte 0x{content[control].ToString("x2", CultureInfo.InvariantCulture)} cannot stand in a manifest: the file is binary or damaged");
        for (var at = content.IndexOf((byte)'\r'); at >= 0;)
        {
            if (at + 1 >= content.Length || content[at + 1] != '\n')
                throw At(content, at, "a carriage return stands without a line feed: end lines with LF or CR LF");
            var next = content[(at + 2)..].IndexOf((byte)'\r');
            at = next < 0 ? -1 : at + 2 + next;
        }

        if (!Utf8.IsValid(content))
            throw At(content, FirstInvalid(content), "the file is not valid UTF-8 from here on");
    }

    private static int FirstInvalid(ReadOnlySpan<byte> content)
    {
        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(content[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }

    private static ManifestSyntaxException At(ReadOnlySpan<byte> content, int offset, string message)
    {
        var before = content[..offset];
        var line = before.Count((byte)'\n') + 1;
        return new ManifestSyntaxException(line, offset - before.LastIndexOf((byte)'\n'), message);
    }
}
