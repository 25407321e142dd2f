using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Credentials;

/// <summary>Finds parameters of a query by name, and takes them out. Names are compared as sent.</summary>
internal static class QueryParameters
{
    /// <summary>The value of the first parameter of that name, as sent.</summary>
    public static bool TryFind(RequestHead head, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> query = head.Query;
        while (query.Length > 0)
        {
            ReadOnlySpan<byte> parameter = Next(ref query);
            if (IsNamed(parameter, name))
            {
                value = parameter.Length == name.Length ? default : parameter[(name.Length + 1)..];
                return true;
            }
        }
        value = default;
        return false;
    }

    /// <summary>Takes all parameters of that name out; a query that had no others is gone altogether.</summary>
    public static void Remove(RequestHead head, ReadOnlySpan<byte> name)
    {
        if (!TryFind(head, name, out _))
            return;
        Span<byte> target = head.Writable(head.QuerySlice);
        ReadOnlySpan<byte> query = target;
        int length = 0;
        while (query.Length > 0)
        {
            ReadOnlySpan<byte> parameter = Next(ref query);
            if (IsNamed(parameter, name))
                continue;

            // Never further than what was read: each parameter brings its own separator.
            target[length] = (byte)(length == 0 ? '?' : '&');
            parameter.CopyTo(target[(length + 1)..]);
            length += parameter.Length + 1;
        }
        head.QuerySlice = new Slice(head.QuerySlice.Offset, length);
    }

    /// <summary>Percent-decodes a value; false when the target is too small. What is no encoding stays as it is.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> value, Span<byte> target, out int length)
    {
        length = 0;
        for (int i = 0; i < value.Length; i++)
        {
            byte octet = value[i];
            if (octet == '%' && i + 2 < value.Length && char.IsAsciiHexDigit((char)value[i + 1]) && char.IsAsciiHexDigit((char)value[i + 2]))
            {
                octet = (byte)((HexDigit(value[i + 1]) << 4) | HexDigit(value[i + 2]));
                i += 2;
            }
            if (length == target.Length)
                return false;
            target[length++] = octet;
        }
        return true;
    }

    private static int HexDigit(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static ReadOnlySpan<byte> Next(scoped ref ReadOnlySpan<byte> query)
    {
        query = query[1..];
        int end = query.IndexOf((byte)'&');
        ReadOnlySpan<byte> parameter = end < 0 ? query : query[..end];
        query = end < 0 ? default : query[end..];
        return parameter;
    }

    private static bool IsNamed(ReadOnlySpan<byte> parameter, ReadOnlySpan<byte> name) =>
        parameter.StartsWith(name) && (parameter.Length == name.Length || parameter[name.Length] == '=');
}
