using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sluice.Proxy.Filters;

/// <summary>
/// One item of HTTPCORSFilter.allowOrigins: scheme, host and port must be the origin's (RFC 6454 4). A missing port is the scheme's
/// default on both sides. A host "*" stands for every host, "*." in front of one for one or more labels.
/// </summary>
internal sealed class CorsOrigin
{
    private static readonly SearchValues<byte> AddressBytes = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    private readonly byte[] _scheme;
    private readonly byte[] _host;
    private readonly int _port;
    private readonly bool _wildcard;

    private CorsOrigin(byte[] scheme, byte[] host, int port, bool wildcard)
    {
        _scheme = scheme;
        _host = host;
        _port = port;
        _wildcard = wildcard;
    }

    /// <summary>Null when the text is no origin.</summary>
    public static CorsOrigin? Parse(string text)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text.ToLower(CultureInfo.InvariantCulture));
        if (!TrySplit(bytes, out ReadOnlySpan<byte> scheme, out ReadOnlySpan<byte> host, out int port))
            return null;
        bool wildcard = host[0] == '*';
        if (wildcard)
            host = host[1..];
        bool wellFormed = wildcard ? host.IsEmpty || (host.Length > 1 && host[0] == '.') : true;
        return wellFormed && !host.Contains((byte)'*') ? new CorsOrigin(scheme.ToArray(), host.ToArray(), port, wildcard) : null;
    }

    /// <param name="scheme">Of the request's origin, as <see cref="TrySplit"/> gives it.</param>
    /// <param name="host">In any case.</param>
    /// <param name="port">The scheme's default when the origin has none.</param>
    public bool Matches(ReadOnlySpan<byte> scheme, ReadOnlySpan<byte> host, int port)
    {
        if (port != _port || !Ascii.EqualsIgnoreCase(scheme, _scheme))
            return false;
        if (!_wildcard)
            return Ascii.EqualsIgnoreCase(host, _host);

        // At least one label in front, and it is not empty.
        return host.Length > _host.Length && host[0] != '.' && Ascii.EqualsIgnoreCase(host[^_host.Length..], _host);
    }

    /// <summary>
    /// Takes "http://host[:port]" or https apart. Everything else, "null" included, is no origin that a host could be listed for.
    /// </summary>
    public static bool TrySplit(ReadOnlySpan<byte> origin, out ReadOnlySpan<byte> scheme, out ReadOnlySpan<byte> host, out int port)
    {
        scheme = host = default;
        port = 0;
        int end = origin.IndexOf("://"u8);
        if (end < 0)
            return false;
        scheme = origin[..end];
        if (Ascii.EqualsIgnoreCase(scheme, "https"u8))
            port = 443;
        else if (Ascii.EqualsIgnoreCase(scheme, "http"u8))
            port = 80;
        else
            return false;
        host = origin[(end + 3)..];
        int close = host.Length > 0 && host[0] == '[' ? host.IndexOf((byte)']') : -1;
        int colon = host[(close + 1)..].IndexOf((byte)':');
        if (colon >= 0)
        {
            colon += close + 1;
            if (!TryReadPort(host[(colon + 1)..], out port))
                return false;
            host = host[..colon];
        }
        return IsHost(host, close >= 0);
    }

    private static bool TryReadPort(ReadOnlySpan<byte> digits, out int port)
    {
        port = 0;
        if (digits.Length is 0 or > 5)
            return false;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            port = port * 10 + digit - '0';
        }
        return port is > 0 and <= 65535;
    }

    private static bool IsHost(ReadOnlySpan<byte> host, bool bracketed)
    {
        if (bracketed)
            return host[^1] == ']' && host.Length > 2 && !host[1..^1].ContainsAnyExcept(AddressBytes);
        foreach (byte octet in host)
        {
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet is not ((byte)'-' or (byte)'.' or (byte)'_' or (byte)'*'))
                return false;
        }
        return host.Length > 0;
    }
}
