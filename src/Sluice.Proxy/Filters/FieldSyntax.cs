namespace Sluice.Proxy.Filters;

/// <summary>What may stand in a field line (RFC 9110 5.1, 5.5).</summary>
internal static class FieldSyntax
{
    public static bool IsName(string name)
    {
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-.^_`|~".Contains(c))
                return false;
        }
        return name.Length > 0;
    }

    /// <summary>Visible characters, space and tab; no CR, LF, NUL or other control that could end or split the line.</summary>
    public static bool IsValue(string value)
    {
        foreach (char c in value)
        {
            if ((c < ' ' && c != '\t') || c == '\x7f')
                return false;
        }
        return true;
    }

    /// <summary>A host that can stand in Host and Location: letters, digits, "-", "." and "_", or an IPv6 literal in brackets.</summary>
    public static bool IsHost(string host)
    {
        bool bracketed = host.StartsWith('[') && host.EndsWith(']');
        foreach (char c in bracketed ? host.AsSpan(1, host.Length - 2) : host)
        {
            if (!(bracketed ? char.IsAsciiHexDigit(c) || c is ':' or '.' : char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
                return false;
        }
        return host.Length > 0;
    }
}
