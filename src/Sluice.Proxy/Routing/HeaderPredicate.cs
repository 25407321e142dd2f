using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Routing;

/// <summary>
/// Holds a header predicate against a head. Field lines of one name count as one value, joined by "," without white space
/// (RFC 9110 5.3). "host" is the request's authority, whichever field or pseudo-header brought it.
/// </summary>
internal static class HeaderPredicate
{
    private const int StackBytes = 512;

    public static bool Holds(in ValuePredicate predicate, RequestHead head)
    {
        ReadOnlySpan<byte> name = predicate.Name;
        if (Ascii.EqualsIgnoreCase(name, "host"u8))
            return head.AuthoritySlice.Length > 0 && predicate.Accepts(head.Authority);
        int first = Next(head, name, 0);
        if (first < 0)
            return false;
        int second = Next(head, name, first + 1);
        if (second < 0)
            return predicate.Accepts(head.ValueOf(in head.Fields[first]));
        return predicate.Pattern is null
            ? JoinedEquals(head, name, first, predicate.Value)
            : JoinedMatches(head, name, first, predicate.Pattern);
    }

    private static int Next(RequestHead head, ReadOnlySpan<byte> name, int start)
    {
        ReadOnlySpan<Field> fields = head.Fields;
        for (int i = start; i < fields.Length; i++)
        {
            if (fields[i].NameLength == name.Length && Ascii.EqualsIgnoreCase(head.NameOf(in fields[i]), name))
                return i;
        }
        return -1;
    }

    private static bool JoinedEquals(RequestHead head, ReadOnlySpan<byte> name, int first, ReadOnlySpan<byte> expected)
    {
        for (int i = first; i >= 0; i = Next(head, name, i + 1))
        {
            if (i != first)
            {
                if (expected.Length == 0 || expected[0] != ',')
                    return false;
                expected = expected[1..];
            }
            ReadOnlySpan<byte> value = head.ValueOf(in head.Fields[i]);
            if (!expected.StartsWith(value))
                return false;
            expected = expected[value.Length..];
        }
        return expected.Length == 0;
    }

    [SkipLocalsInit]
    private static bool JoinedMatches(RequestHead head, ReadOnlySpan<byte> name, int first, TextPattern pattern)
    {
        int length = -1;
        for (int i = first; i >= 0; i = Next(head, name, i + 1))
            length += head.Fields[i].ValueLength + 1;
        byte[]? rented = length <= StackBytes ? null : ArrayPool<byte>.Shared.Rent(length);
        Span<byte> joined = rented ?? stackalloc byte[StackBytes];
        int written = 0;
        for (int i = first; i >= 0; i = Next(head, name, i + 1))
        {
            if (i != first)
                joined[written++] = (byte)',';
            ReadOnlySpan<byte> value = head.ValueOf(in head.Fields[i]);
            value.CopyTo(joined[written..]);
            written += value.Length;
        }
        bool matches = pattern.IsMatch(joined[..written]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return matches;
    }
}
