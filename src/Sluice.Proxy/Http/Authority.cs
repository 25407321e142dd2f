using System.Buffers;
using System.Net;

namespace Sluice.Proxy.Http;

/// <summary>Host and port of a request (RFC 9110 7.2, RFC 3986 3.2). Stricter than the grammar: what no DNS name or IP literal holds is refused.</summary>
internal static class Authority
{
    private static readonly SearchValues<byte> NameBytes =
        SearchValues.Create("-._~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    private static readonly SearchValues<byte> LiteralBytes = SearchValues.Create(":.0123456789abcdefABCDEF"u8);

    /// <summary>Name or IP literal, then optionally ":" and a port from 1 to 65535. No userinfo, not empty.</summary>
    public static bool IsValid(ReadOnlySpan<byte> authority)
    {
        ReadOnlySpan<byte> rest;
        if (authority.StartsWith("["u8))
        {
            var end = authority.IndexOf((byte)']');
            if (end < 0 || authority[1..end].ContainsAnyExcept(LiteralBytes) || !authority[1..end].Contains((byte)':') || !IPAddress.IsValidUtf8(authority[1..end]))
                return false;
            rest = authority[(end + 1)..];
        }
        else
        {
            var end = authority.IndexOfAnyExcept(NameBytes);
            if (end == 0 || authority.Length == 0)
                return false;
            rest = end < 0 ? default : authority[end..];
        }

        return rest.Length == 0 || (rest[0] == ':' && IsPort(rest[1..]));
    }

    private static bool IsPort(ReadOnlySpan<byte> digits)
    {
        if (digits.Length is 0 or > 5)
            return false;
        var value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + digit - '0';
        }

        return value is > 0 and <= 65535;
    }
}
