namespace Sluice.Proxy.Http;

/// <summary>Content-Length: digits and nothing else (RFC 9110 8.6). Signs, lists, and more than 18 digits are refused.</summary>
internal static class ContentLengthField
{
    public static bool TryParse(ReadOnlySpan<byte> value, out long length)
    {
        length = 0;
        if (value.Length is 0 or > 18)
            return false;
        foreach (var digit in value)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            length = (length * 10) + digit - '0';
        }

        return true;
    }
}
