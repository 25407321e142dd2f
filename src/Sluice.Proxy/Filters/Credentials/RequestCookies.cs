using Sluice.Proxy.Http;
using Sluice.Proxy.Sessions;

namespace Sluice.Proxy.Filters.Credentials;

/// <summary>Finds cookies of a request by name, and takes them out (RFC 6265 5.4).</summary>
internal static class RequestCookies
{
    /// <summary>The value of the first cookie of that name, without quotes.</summary>
    public static bool TryFind(RequestHead head, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        for (int i = RequestFields.Find(head, "cookie"u8); i >= 0; i = RequestFields.Find(head, "cookie"u8, i + 1))
        {
            var pairs = new CookiePairs(head.ValueOf(head.Fields[i]), name);
            if (pairs.MoveNext())
            {
                value = pairs.Current;
                return true;
            }
        }
        value = default;
        return false;
    }

    /// <summary>Takes all cookies of that name out; a field that had no others is gone altogether.</summary>
    public static void Remove(RequestHead head, ReadOnlySpan<byte> name)
    {
        for (int i = RequestFields.Find(head, "cookie"u8); i >= 0;)
        {
            var pairs = new CookiePairs(head.ValueOf(head.Fields[i]), name);
            int length = pairs.MoveNext() ? RemoveFrom(head, i, name) : -1;
            if (length == 0)
                head.RemoveAt(i);
            else if (length > 0)
                head.Shorten(i, length);
            i = RequestFields.Find(head, "cookie"u8, length == 0 ? i : i + 1);
        }
    }

    private static int RemoveFrom(RequestHead head, int index, ReadOnlySpan<byte> name)
    {
        Field field = head.Fields[index];
        Span<byte> target = head.Writable(new Slice(field.ValueOffset, field.ValueLength));
        ReadOnlySpan<byte> rest = target;
        int length = 0;
        while (rest.Length > 0)
        {
            int end = rest.IndexOf((byte)';');
            ReadOnlySpan<byte> pair = (end < 0 ? rest : rest[..end]).TrimStart(" \t"u8);
            int start = target.Length - rest.Length + (end < 0 ? rest.Length : end) - pair.Length;
            pair = pair.TrimEnd(" \t"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
            if (pair.Length == 0 || (pair.Length > name.Length && pair[name.Length] == '=' && pair.StartsWith(name)))
                continue;

            // A space only where there is room: a list without spaces never grows.
            if (length > 0)
            {
                target[length++] = (byte)';';
                if (length < start)
                    target[length++] = (byte)' ';
            }
            pair.CopyTo(target[length..]);
            length += pair.Length;
        }
        return length;
    }
}
