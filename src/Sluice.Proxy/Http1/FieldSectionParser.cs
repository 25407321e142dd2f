using System.Buffers;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Http1;

/// <summary>
/// Field lines up to the empty line (RFC 9112 5). Strict: CRLF only, no white space before the colon, no line folding, no
/// control characters; anything else would let two parsers see two messages.
/// </summary>
internal static class FieldSectionParser
{
    /// <summary>What may not stand in a field value, and so ends the scan: CR for a good line, anything else for a bad one.</summary>
    public static readonly SearchValues<byte> EndOrBad = SearchValues.Create(
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127,
    ]);

    /// <summary>
    /// Reads lines from <paramref name="position"/>, which is left behind the empty line when complete. On failure
    /// <paramref name="error"/> says why.
    /// </summary>
    public static ParseResult Parse(ReadOnlySpan<byte> bytes, ref int position, FieldSection section, out HttpError error)
    {
        error = HttpError.None;
        while (true)
        {
            if (position == bytes.Length)
                return ParseResult.NeedMore;
            if (bytes[position] == '\r')
            {
                if (position + 1 == bytes.Length)
                    return ParseResult.NeedMore;
                if (bytes[position + 1] != '\n')
                    return Fail(HttpError.BareCarriageReturn, out error);
                position += 2;
                return ParseResult.Complete;
            }

            var line = bytes[position..];
            var nameLength = line.IndexOfAnyExcept(FieldNames.TokenBytes);
            if (nameLength < 0)
                return ParseResult.NeedMore;
            if (nameLength == 0 || line[nameLength] != ':')
                return Fail(BadName(line, nameLength), out error);

            var valueStart = nameLength + 1;
            var valueLength = line[valueStart..].IndexOfAny(EndOrBad);
            if (valueLength < 0)
                return ParseResult.NeedMore;
            var valueEnd = valueStart + valueLength;
            if (line[valueEnd] != '\r')
                return Fail(line[valueEnd] == '\n' ? HttpError.BareLineFeed : HttpError.ControlCharacter, out error);

            // The octet after CRLF must be there to see a folded line.
            if (valueEnd + 2 >= line.Length)
                return valueEnd + 1 < line.Length && line[valueEnd + 1] != '\n' ? Fail(HttpError.BareCarriageReturn, out error) : ParseResult.NeedMore;
            if (line[valueEnd + 1] != '\n')
                return Fail(HttpError.BareCarriageReturn, out error);
            if (line[valueEnd + 2] is (byte)' ' or (byte)'\t')
                return Fail(HttpError.LineFolding, out error);

            var start = valueStart;
            var end = valueEnd;
            while (start < end && line[start] is (byte)' ' or (byte)'\t')
                start++;
            while (end > start && line[end - 1] is (byte)' ' or (byte)'\t')
                end--;

            var field = new Field
            {
                NameOffset = position,
                NameLength = (ushort)Math.Min(nameLength, ushort.MaxValue),
                ValueOffset = position + start,
                ValueLength = end - start,
                Known = FieldNames.Classify(line[..nameLength]),
            };
            if (nameLength > ushort.MaxValue || !section.TryAdd(field))
                return Fail(HttpError.TooManyFields, out error);
            position += valueEnd + 2;
        }
    }

    private static HttpError BadName(ReadOnlySpan<byte> line, int nameLength)
    {
        var bad = line[nameLength];
        if (bad == '\n')
            return HttpError.BareLineFeed;
        if (nameLength == 0)
            return bad is (byte)' ' or (byte)'\t' ? HttpError.LineFolding : HttpError.FieldName;
        return bad is (byte)' ' or (byte)'\t' ? HttpError.SpaceBeforeColon : HttpError.FieldName;
    }

    private static ParseResult Fail(HttpError value, out HttpError error)
    {
        error = value;
        return ParseResult.Failed;
    }
}
