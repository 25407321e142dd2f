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
        var start = NextMarker(text[from..], "\n---"u8);
        var end = start < 0 ? text.Length : from + start + 1;
        var stop = NextMarker(text[from..end], "\n..."u8);
        if (stop < 0)
            return end;
        var line = text[(from + stop + 1)..].IndexOf((byte)'\n');
        return line < 0 ? text.Length : from + stop + 1 + line + 1;
    }

    /// <summary>Where the line break before the marker stands; -1 when there is none.</summary>
    private static int NextMarker(ReadOnlySpan<byte> text, ReadOnlySpan<byte> marker)
    {
        var at = 0;
        while (true)
        {
            var found = text[at..].IndexOf(marker);
            if (found < 0)
                return -1;
            at += found;
            if (at + 4 >= text.Length || text[at + 4] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                return at;
            at += marker.Length;
        }
    }

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
