namespace Sluice.Resources.Reading.Text;

/// <summary>
/// Cuts a YAML file at its document markers without parsing it. A line that starts with "---" or "..." is a marker
/// everywhere, even inside block scalars (YAML 1.2 section 9.1.4), so that each piece can be parsed, or left alone, by itself.
/// </summary>
internal static class DocumentSplitter
{
    public static List<DocumentText> Split(ReadOnlySpan<byte> text)
    {
        var documents = new List<DocumentText>();
        int start = 0, line = 1;
        var at = 0;
        while (start < text.Length)
        {
            var end = NextBoundary(text, at);
            var piece = text[start..end];
            if (end < text.Length && HasOnlyDirectives(piece))
            {
                at = end + 1;
                continue;
            }

            documents.Add(new DocumentText(start, end - start, line));
            line += piece.Count((byte)'\n');
            start = end;
            at = end;
        }

        return documents;
    }

    /// <summary>The start of the next "---" line after the one at <paramref name="from"/>, or what follows the next "..." line.</summary>
    private static int NextBoundary(ReadOnlySpan<byte> text, int from)
    {
        var at = from;
        while (true)
        {
            var newline = text[at..].IndexOf((byte)'\n');
            if (newline < 0 || at + newline + 1 >= text.Length)
                return text.Length;
            at += newline + 1;
            var rest = text[at..];
            if (IsMarker(rest, "---"u8))
                return at;
            if (IsMarker(rest, "..."u8))
            {
                var end = rest.IndexOf((byte)'\n');
                return end < 0 ? text.Length : at + end + 1;
            }
        }
    }

    private static bool IsMarker(ReadOnlySpan<byte> line, ReadOnlySpan<byte> marker) =>
        line.StartsWith(marker) && (line.Length == 3 || line[3] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n');

    /// <summary>Directives (%YAML, %TAG) belong to the document that starts at the next marker.</summary>
    private static bool HasOnlyDirectives(ReadOnlySpan<byte> piece)
    {
        if (piece[0] != '%' && piece.IndexOf("\n%"u8) < 0)
            return false;
        foreach (var range in piece.Split((byte)'\n'))
        {
            var line = piece[range].Trim(" \t\r"u8);
            if (!line.IsEmpty && line[0] is not ((byte)'%' or (byte)'#'))
                return false;
        }

        return true;
    }
}
