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
        int start = 0, line = 1, nextStart = -1, nextEnd = -1;
        for (var at = 0; start < text.Length;)
        {
            // Markers found before stay found until passed: each is searched for once.
            if (nextStart <= at)
                nextStart = LineOf("\n---"u8, text, at);
            if (nextEnd <= at)
                nextEnd = LineOf("\n..."u8, text, at);
            var end = nextStart <= nextEnd ? nextStart : LineAfter(text, nextEnd);
            at = end;
            var piece = text[start..end];
            if (end < text.Length && HasOnlyDirectives(piece))
                continue;
            documents.Add(new DocumentText(start, end - start, line));
            line += piece.Count((byte)'\n');
            start = end;
        }

        return documents;
    }

    /// <summary>Where the next line with this marker starts, after the line break before it; the end of the text when there is none.</summary>
    private static int LineOf(ReadOnlySpan<byte> marker, ReadOnlySpan<byte> text, int from)
    {
        var at = from;
        while (true)
        {
            var found = text[at..].IndexOf(marker);
            if (found < 0)
                return text.Length;
            at += found;
            if (at + 4 >= text.Length || text[at + 4] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
                return at + 1;
            at += marker.Length;
        }
    }

    private static int LineAfter(ReadOnlySpan<byte> text, int at)
    {
        var length = text[at..].IndexOf((byte)'\n');
        return length < 0 ? text.Length : at + length + 1;
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
