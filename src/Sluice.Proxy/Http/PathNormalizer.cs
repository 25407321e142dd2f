namespace Sluice.Proxy.Http;

/// <summary>
/// Normalises a path in place before it is matched, so that what is matched is what the backend gets (RFC 3986 6.2.2):
/// percent-encoded unreserved characters are decoded, dot segments are removed. "%2F" and "//" stay as they are. Refused: bad
/// percent encodings, "%00", "\" (a separator to some), and dot segments that climb above the root.
/// </summary>
internal static class PathNormalizer
{
    public static bool TryNormalize(Span<byte> path, out int length)
    {
        length = path.Length;
        if (path.IndexOfAny((byte)'%', (byte)'\\') >= 0 && (path.Contains((byte)'\\') || !TryDecodeUnreserved(path, out length)))
            return false;
        return path[..length].IndexOf("/."u8) < 0 || TryRemoveDotSegments(path[..length], out length);
    }

    private static bool TryDecodeUnreserved(Span<byte> path, out int length)
    {
        length = 0;
        for (var i = 0; i < path.Length; i++)
        {
            var octet = path[i];
            if (octet == '%')
            {
                if (i + 2 >= path.Length || Hex(path[i + 1]) < 0 || Hex(path[i + 2]) < 0)
                    return false;
                var decoded = (byte)((Hex(path[i + 1]) << 4) | Hex(path[i + 2]));
                if (decoded == 0)
                    return false;
                if (!IsUnreserved(decoded))
                {
                    path[length++] = octet;
                    path[length++] = path[i + 1];
                    path[length++] = path[i + 2];
                    i += 2;
                    continue;
                }

                octet = decoded;
                i += 2;
            }

            path[length++] = octet;
        }

        return true;
    }

    private static bool TryRemoveDotSegments(Span<byte> path, out int length)
    {
        length = 0;
        var position = 0;
        while (position < path.Length)
        {
            // Each turn begins at a "/" and takes one segment.
            var end = path[(position + 1)..].IndexOf((byte)'/');
            end = end < 0 ? path.Length : position + 1 + end;
            var segment = path[(position + 1)..end];
            if (segment is [(byte)'.'] or [(byte)'.', (byte)'.'])
            {
                if (segment.Length == 2)
                {
                    if (length == 0)
                        return false;
                    length = path[..length].LastIndexOf((byte)'/');
                }

                // A dot segment at the end leaves its slash.
                if (end == path.Length)
                    path[length++] = (byte)'/';
            }
            else
            {
                path[position..end].CopyTo(path[length..]);
                length += end - position;
            }

            position = end;
        }

        return true;
    }

    private static bool IsUnreserved(byte octet) =>
        octet is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9')
            or (byte)'-' or (byte)'.' or (byte)'_' or (byte)'~';

    private static int Hex(byte octet) => octet switch
    {
        >= (byte)'0' and <= (byte)'9' => octet - '0',
        >= (byte)'a' and <= (byte)'f' => octet - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => octet - 'A' + 10,
        _ => -1,
    };
}
