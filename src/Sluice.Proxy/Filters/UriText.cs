using System.Globalization;
using System.Text;

namespace Sluice.Proxy.Filters;

/// <summary>Text of a configuration as it may stand in a URI.</summary>
internal static class UriText
{
    // pchar and "/" of RFC 3986 3.3, "%" apart.
    private const string PathSymbols = "/-._~!$&'()*+,;=:@";

    /// <summary>
    /// As a path: what is no path character (space, "?", "#", controls, everything beyond ASCII) is percent-encoded from
    /// UTF-8; what is percent-encoded already stays.
    /// </summary>
    public static byte[] EncodePath(string path)
    {
        var text = new StringBuilder(path.Length);
        byte[] octets = Encoding.UTF8.GetBytes(path);
        for (int i = 0; i < octets.Length; i++)
        {
            char c = (char)octets[i];
            bool encoded = c == '%' && i + 2 < octets.Length
                && char.IsAsciiHexDigit((char)octets[i + 1]) && char.IsAsciiHexDigit((char)octets[i + 2]);
            if (encoded || char.IsAsciiLetterOrDigit(c) || PathSymbols.Contains(c))
                text.Append(c);
            else
                text.Append(CultureInfo.InvariantCulture, $"%{octets[i]:X2}");
        }
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
